import { EngineError } from "../../errors.ts";
import type { Variable } from "../../program/variable.ts";
import { arrayType, bytesPerElement, type TypedArray } from "../../tensor/dtype.ts";
import { type StaticShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type OnnxType, onnxType } from "./data-type.ts";
import { transposeTensor } from "./lower/constant-transpose.ts";
import type { LaterBytes } from "./protobuf.ts";

/** Bytes of elements in order and little-endian, in pieces, as often as they are asked for. */
export type Pieces = () => AsyncIterable<Uint8Array>;

/** What a graph has a name for before it runs: a tensor, or a weight whose elements are not looked at. */
export type Constant = Tensor | LargeWeight;

/**
 * A weight that need not be in memory: a graph knows its dtype and shape, its elements are read when they are written. So
 * large weights pass through one after the other.
 */
export class LargeWeight implements LaterBytes {
  readonly dtype: OnnxType;
  readonly shape: StaticShape;
  /** What errors call it. */
  readonly #path: string;
  readonly #pieces: Pieces;

  constructor(path: string, dtype: OnnxType, shape: StaticShape, pieces: Pieces) {
    this.#path = path;
    this.dtype = dtype;
    this.shape = shape;
    this.#pieces = pieces;
  }

  /** A variable's value, whose own bytes are given, as it is inside an ONNX graph. */
  static of({ path, dtype, shape }: Variable, pieces: Pieces): LargeWeight {
    return new LargeWeight(
      path,
      onnxType(dtype),
      shape,
      dtype === "bfloat16" ? () => widened(pieces) : pieces,
    );
  }

  get byteLength(): number {
    return sizeOf(this.shape) * bytesPerElement(this.dtype);
  }

  /** Its bytes; fails where they are not as many as they should be. */
  async *pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    const expected = this.byteLength;
    let received = 0;
    for await (const piece of this.#pieces()) {
      received += piece.length;
      if (received > expected) break;
      yield piece;
    }
    if (received === expected) return;
    throw new EngineError(
      this.#path,
      `expected ${expected} bytes of elements, received ${received > expected ? "more" : received}.`,
    );
  }

  /** The same elements in another shape. */
  reshaped(shape: StaticShape): LargeWeight {
    return new LargeWeight(this.#path, this.dtype, shape, () => this.pieces());
  }

  /** The same with its axes in another order: it is in memory while it is turned, and no other is. */
  transposed(perm: readonly number[]): LargeWeight {
    const shape = perm.map((axis) => this.shape[axis]!);
    const turn = async () => transposeTensor(await this.#read(), perm);
    return new LargeWeight(this.#path, this.dtype, shape, async function* () {
      yield bytesOf((await turn()).data);
    });
  }

  async #read(): Promise<Tensor> {
    const data = new (arrayType(this.dtype))(sizeOf(this.shape));
    const bytes = bytesOf(data);
    let at = 0;
    for await (const piece of this.pieces()) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return new Tensor(this.dtype, this.shape, data);
  }
}

/** The memory of elements. */
export function bytesOf({ buffer, byteOffset, byteLength }: TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Each bfloat16 as a float32, of which it is the upper half. */
async function* widened(pieces: Pieces): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces()) {
    const wide = new Uint8Array(2 * piece.length);
    for (let i = 0; i + 1 < piece.length; i += 2) {
      wide[2 * i + 2] = piece[i]!;
      wide[2 * i + 3] = piece[i + 1]!;
    }
    yield wide;
  }
}
