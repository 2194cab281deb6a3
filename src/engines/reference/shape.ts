import { EngineError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import type { PadMode } from "../../program/primitives.ts";
import { sliceRange } from "../../program/rules/piece.ts";
import { shapeRules } from "../../program/rules/shape.ts";
import type { TypedArray } from "../../tensor/dtype.ts";
import { type StaticShape, sizeOf, stridesOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { castTo } from "./cast.ts";
import { allocate, isBigint, type Kernel, resolveDimensions, staticShape } from "./kernel.ts";
import { broadcastStrides, collapse, forEachRow } from "./loop.ts";

/** The elements of `x` that `strides` reach from `first`, laid out in row-major order. */
export function view(x: Tensor, shape: StaticShape, strides: readonly number[], first = 0): Tensor {
  const out = allocate(x.dtype, shape);
  const from = x.data;
  const loop = collapse({ shape, strides: [strides] });
  const length = loop.shape.at(-1)!;
  const step = loop.strides[0]!.at(-1)!;
  forEachRow(loop, ([offset], before) => {
    let i = first + offset!;
    if (step === 1 && length > 16) copyRun(out, before, from, i, length);
    else for (let k = before; k < before + length; k++, i += step) out[k] = from[i]!;
  });
  return new Tensor(x.dtype, shape, out);
}

/** Copies neighbouring elements between arrays of one dtype. */
export function copyRun(to: TypedArray, at: number, from: TypedArray, start: number, length: number): void {
  (to as Float64Array).set(from.subarray(start, start + length) as Float64Array, at);
}

const dim: Kernel<"dim"> = ([x], { axis }) => [new Tensor("int32", [], Int32Array.of(x!.shape[axis]!))];

const iota: Kernel<"iota"> = (inputs, { length, dtype }) => {
  const shape = resolveDimensions([length], inputs, 0);
  const wide = dtype.includes("float16") ? "float32" : dtype;
  const out = allocate(wide, shape);
  for (let i = 0; i < out.length; i++) out[i] = isBigint(dtype) ? BigInt(i) : i;
  return [castTo(new Tensor(wide, shape, out), dtype)];
};

const reshape: Kernel<"reshape"> = (inputs, { shape }) => {
  const x = inputs[0]!;
  const [spec] = shapeRules.reshape([x], { shape: resolveDimensions(shape, inputs, 1) });
  return [new Tensor(x.dtype, staticShape(spec!.shape), x.data)];
};

const broadcastTo: Kernel<"broadcast_to"> = (inputs, { shape }) => {
  const x = inputs[0]!;
  const [spec] = shapeRules.broadcast_to([x], { shape: resolveDimensions(shape, inputs, 1) });
  const target = staticShape(spec!.shape);
  return [view(x, target, broadcastStrides(x.shape, target))];
};

export function transposed(x: Tensor, perm: readonly number[]): Tensor {
  const strides = stridesOf(x.shape);
  return view(
    x,
    perm.map((axis) => x.shape[axis]!),
    perm.map((axis) => strides[axis]!),
  );
}

const slice: Kernel<"slice"> = ([x], { start, stop, step }) => {
  const strides = stridesOf(x!.shape);
  const ranges = x!.shape.map((size, i) => sliceRange(size, start[i]!, stop[i]!, step[i]!));
  const first = ranges.reduce((sum, range, i) => sum + range.first * strides[i]!, 0);
  return [
    view(
      x!,
      ranges.map(({ count }) => count),
      strides.map((stride, i) => stride * step[i]!),
      first,
    ),
  ];
};

/** Where each element of a padded dimension comes from; -1 for the padding's value. */
function padSources(size: number, low: number, high: number, mode: PadMode): Int32Array {
  const sources = new Int32Array(size + low + high);
  if (mode !== "constant" && size === 0 && sources.length > 0) {
    throw new EngineError("reference", `pad cannot fill an empty dimension with mode ${quote(mode)}.`);
  }
  const period = mode === "reflect" ? Math.max(1, 2 * (size - 1)) : 2 * size;
  for (let k = 0; k < sources.length; k++) {
    const i = k - low;
    if (i >= 0 && i < size) sources[k] = i;
    else if (mode === "constant") sources[k] = -1;
    else if (mode === "edge") sources[k] = i < 0 ? 0 : size - 1;
    else {
      const turn = ((i % period) + period) % period;
      sources[k] = turn < size ? turn : mode === "reflect" ? period - turn : period - 1 - turn;
    }
  }
  return sources;
}

const pad: Kernel<"pad"> = ([x], { padding, mode, value }, [spec]) => {
  const shape = staticShape(spec!.shape);
  const filler = isBigint(x!.dtype) ? BigInt(value) : value;
  const out = allocate(x!.dtype, shape);
  out.fill(filler as never);
  if (shape.length === 0) return [x!];
  const strides = stridesOf(x!.shape);
  const sources = x!.shape.map((size, i) => padSources(size, padding[i]![0], padding[i]![1], mode));
  const last = shape.length - 1;
  const lastSources = sources[last]!;
  const rows = sizeOf(shape.slice(0, last));
  const index = new Array<number>(last).fill(0);
  for (let row = 0; row < rows; row++) {
    let start = 0;
    for (let i = 0; i < last && start >= 0; i++) {
      const source = sources[i]![index[i]!]!;
      start = source < 0 ? -1 : start + source * strides[i]!;
    }
    if (start >= 0) {
      for (let k = 0, o = row * lastSources.length; k < lastSources.length; k++, o++) {
        if (lastSources[k]! >= 0) out[o] = x!.data[start + lastSources[k]!]!;
      }
    }
    for (let i = last - 1; i >= 0; i--) {
      index[i]!++;
      if (index[i]! < shape[i]!) break;
      index[i] = 0;
    }
  }
  return [new Tensor(x!.dtype, shape, out)];
};

const concat: Kernel<"concat"> = (inputs, { axis }, [spec]) => {
  const shape = staticShape(spec!.shape);
  const out = allocate(spec!.dtype, shape);
  const outer = sizeOf(shape.slice(0, axis));
  const row = sizeOf(shape.slice(axis));
  let at = 0;
  for (const x of inputs) {
    const length = sizeOf(x.shape.slice(axis));
    for (let o = 0; o < outer; o++) copyRun(out, o * row + at, x.data, o * length, length);
    at += length;
  }
  return [new Tensor(spec!.dtype, shape, out)];
};

/** Kernels that only move elements, whatever they are. */
export const shapeKernels = {
  dim,
  iota,
  reshape,
  broadcast_to: broadcastTo,
  transpose: (([x], { perm }) => [transposed(x!, perm)]) satisfies Kernel<"transpose">,
  slice,
  concat,
};

export const padKernels = { pad };
