import { arrayType, type DType, isFloat } from "../../tensor/dtype.ts";
import { type StaticShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** A small seeded source of random tensors, for tests (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Floats between `low` and `high`. */
  floats(shape: StaticShape, low = -2, high = 2, dtype: "float32" | "float64" = "float32"): Tensor {
    return this.#fill(dtype, shape, () => low + (high - low) * this.next());
  }

  /** Whole numbers from `low` to `high`, both included, of any dtype but the 16-bit floats. */
  integers(shape: StaticShape, low = -9, high = 9, dtype: DType = "int32"): Tensor {
    return this.#fill(dtype, shape, () => low + Math.floor((high - low + 1) * this.next()));
  }

  bools(shape: StaticShape): Tensor {
    return this.integers(shape, 0, 1, "bool");
  }

  /** Floats, all different and at least 0.01 apart, so that order does not hang on the last bit. */
  distinct(shape: StaticShape): Tensor {
    const ranks = Array.from({ length: sizeOf(shape) }, (_, i) => i);
    for (let i = ranks.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [ranks[i], ranks[j]] = [ranks[j]!, ranks[i]!];
    }
    let i = 0;
    return this.#fill("float32", shape, () => (ranks[i++]! - ranks.length / 2) / 64);
  }

  #fill(dtype: DType, shape: StaticShape, next: () => number): Tensor {
    const data = new (arrayType(dtype))(sizeOf(shape));
    for (let i = 0; i < data.length; i++) {
      const value = next();
      data[i] = dtype.endsWith("int64") ? BigInt(value) : isFloat(dtype) ? value : Math.trunc(value);
    }
    return new Tensor(dtype, shape, data);
  }
}

export function floats(shape: StaticShape, values: readonly number[]): Tensor {
  return new Tensor("float32", shape, Float32Array.from(values));
}

export function ints(shape: StaticShape, values: readonly number[]): Tensor {
  return new Tensor("int32", shape, Int32Array.from(values));
}
