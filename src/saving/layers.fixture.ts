import { positiveInt } from "../fields/shorthands.ts";
import { Input } from "../layers/core/input-layer.ts";
import { layer } from "../layers/define.ts";
import { Functional } from "../models/functional.ts";
import { Sequential } from "../models/sequential.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { Variable } from "../program/variable.ts";
import type { CustomObjects } from "../registry/registry.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { ByteSource } from "./byte-source.ts";
import { memorySource } from "./sources.ts";

/** A layer for tests: `x · kernel`, and a moving mean that only files know. */
export class Project extends layer("Project", { units: positiveInt() }, { package: "test" }) {
  declare mean: Variable;
  declare kernel: Variable;

  override build(shape: readonly (number | null)[]): void {
    this.mean = this.addWeight({ name: "mean", shape: [], initializer: "zeros", trainable: false });
    this.kernel = this.addWeight({
      name: "kernel",
      shape: [shape.at(-1)!, this.units],
      initializer: "ones",
    });
  }

  override call(x: Operand): Numeric {
    return prim("matmul", [x, this.kernel]);
  }
}

export const customObjects: CustomObjects = { Project };

/** 3 → 4 → 2, its kernels 0, 1, 2, … and 100, 101, 102, … */
export function twoLayers(): Functional {
  const x = Input({ shape: [3], name: "x" });
  const hidden = new Project({ units: 4, name: "hidden" }).apply(x);
  const model = new Functional({
    inputs: x,
    outputs: new Project({ units: 2, name: "out" }).apply(hidden),
    name: "two",
  });
  model.setWeights([counted([3, 4], 0), counted([], 7), counted([4, 2], 100), counted([], 8)]);
  return model;
}

/** A stack of `count` layers of one unit. */
export function stack(count: number): Sequential {
  const layers = Array.from({ length: count }, (_, i) => new Project({ units: 1, name: `l${i}` }));
  return new Sequential([Input({ shape: [1] }), ...layers], { name: "stack" });
}

export function counted(shape: readonly number[], from: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    "float32",
    shape,
    Float32Array.from({ length: size }, (_, i) => from + i),
  );
}

/** A source that notes what was read, and cannot read at once where `remote`. */
export function watched(
  bytes: Uint8Array,
  remote = false,
): ByteSource & { readonly reads: [offset: number, length: number][] } {
  const reads: [number, number][] = [];
  const { size, readSync } = memorySource(bytes);
  const now = (offset: number, length: number) => {
    reads.push([offset, length]);
    return readSync!(offset, length);
  };
  const read = async (offset: number, length: number) => now(offset, length);
  return remote ? { size, read, reads } : { size, read, readSync: now, reads };
}
