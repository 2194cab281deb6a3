import { EngineError } from "../../errors.ts";
import { formatShape, sizeOf, stridesOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  allocate,
  alongAxis,
  bigints,
  type Elements,
  isBigint,
  type Kernel,
  larger,
  numbers,
  result,
  smaller,
  staticShape,
} from "./kernel.ts";
import { broadcastStrides, collapse, forEachRow } from "./loop.ts";
import { copyRun } from "./shape.ts";

/** Indices into a dimension of `size`, counted from its start. */
function positions(indices: Tensor, size: number, context: string): Int32Array {
  const out = new Int32Array(indices.size);
  for (let i = 0; i < out.length; i++) {
    const index = Number(indices.data[i]);
    out[i] = index < 0 ? index + size : index;
    if (!(out[i]! >= 0 && out[i]! < size)) {
      throw new EngineError(
        `reference: ${context}`,
        `expected indices into ${size} elements, received ${index}.`,
      );
    }
  }
  return out;
}

const gather: Kernel<"gather"> = ([x, indices], { axis }, [spec]) => {
  const { outer, length, inner } = alongAxis(x!.shape, axis);
  const at = positions(indices!, length, "gather");
  const out = allocate(x!.dtype, staticShape(spec!.shape));
  for (let o = 0, k = 0; o < outer; o++) {
    for (let i = 0; i < at.length; i++, k += inner) {
      const start = (o * length + at[i]!) * inner;
      if (inner > 8) copyRun(out, k, x!.data, start, inner);
      else for (let j = 0; j < inner; j++) out[k + j] = x!.data[start + j]!;
    }
  }
  return [result(spec!, out)];
};

const gatherAlong: Kernel<"gather_along"> = ([x, indices], { axis }, [spec]) => {
  const shape = staticShape(spec!.shape);
  const at = positions(indices!, x!.shape[axis]!, "gather_along");
  const stride = stridesOf(x!.shape)[axis]!;
  const others = broadcastStrides(x!.shape, shape).map((step, i) => (i === axis ? 0 : step));
  const loop = collapse({ shape, strides: [others, broadcastStrides(indices!.shape, shape)] });
  const length = loop.shape.at(-1)!;
  const [stepX, stepI] = loop.strides.map((steps) => steps.at(-1)!) as [number, number];
  const out = allocate(x!.dtype, shape);
  forEachRow(loop, (offsets, before) => {
    const [start, first] = offsets as [number, number];
    for (let k = 0; k < length; k++) {
      out[before + k] = x!.data[start + k * stepX + at[first + k * stepI]! * stride]!;
    }
  });
  return [result(spec!, out)];
};

type Fold<T> = (old: T, update: T) => T;

/** Puts a function of the old value and the update at each place. */
function scattering(name: string, onNumbers: Fold<number>, onBigints: Fold<bigint>): Kernel<"scatter_add"> {
  return ([x, indices, updates], _, [spec]) => {
    const [count, depth] = indices!.shape as [number, number];
    const lead = x!.shape.slice(0, depth);
    const strides = stridesOf(lead);
    const inner = sizeOf(x!.shape.slice(depth));
    const out = x!.data.slice();
    for (let n = 0; n < count; n++) {
      let row = 0;
      for (let d = 0; d < depth; d++) {
        const index = Number(indices!.data[n * depth + d]);
        const at = index < 0 ? index + lead[d]! : index;
        if (!(at >= 0 && at < lead[d]!)) {
          throw new EngineError(
            `reference: ${name}`,
            `expected indices into ${formatShape(x!.shape)}, received ${index} for axis ${d}.`,
          );
        }
        row += at * strides[d]!;
      }
      if (isBigint(x!.dtype))
        fold(bigints(out), row * inner, bigints(updates!.data), n * inner, inner, onBigints);
      else fold(numbers(out), row * inner, numbers(updates!.data), n * inner, inner, onNumbers);
    }
    return [result(spec!, out)];
  };
}

function fold<T>(
  to: Elements<T>,
  at: number,
  from: Elements<T>,
  start: number,
  count: number,
  compute: Fold<T>,
): void {
  for (let j = 0; j < count; j++) to[at + j] = compute(to[at + j]!, from[start + j]!);
}

const folds = {
  mul: scattering(
    "scatter_fold",
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  min: scattering("scatter_fold", Math.min, smaller),
  max: scattering("scatter_fold", Math.max, larger),
};

const scatterFold: Kernel<"scatter_fold"> = (inputs, { reduction }, specs) =>
  folds[reduction](inputs, {}, specs);

const scatterAlong: Kernel<"scatter_along"> = ([x, indices, updates], { axis }, [spec]) => {
  const { outer, length, inner } = alongAxis(x!.shape, axis);
  const at = positions(indices!, length, "scatter_along");
  const count = indices!.shape[axis]!;
  const out = x!.data.slice();
  const add = isBigint(x!.dtype)
    ? (to: number, k: number) => {
        bigints(out)[to]! += bigints(updates!.data)[k]!;
      }
    : (to: number, k: number) => {
        numbers(out)[to]! += numbers(updates!.data)[k]!;
      };
  for (let o = 0, k = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < inner; i++, k++) add((o * length + at[k]!) * inner + i, k);
    }
  }
  return [result(spec!, out)];
};

export const gatherKernels = { gather, gather_along: gatherAlong };
export const scatterKernels = {
  scatter_add: scattering(
    "scatter_add",
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  scatter_fold: scatterFold,
  scatter_along: scatterAlong,
};
