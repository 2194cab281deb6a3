import type { Attributes, Reduction } from "../../program/primitives.ts";
import { sizeOf, stridesOf } from "../../tensor/shape.ts";
import {
  allocate,
  alongAxis,
  bigints,
  type Elements,
  isBigint,
  type Kernel,
  type KernelWith,
  larger,
  notFor,
  numbers,
  result,
  smaller,
  staticShape,
} from "./kernel.ts";
import { collapse, forEachRow } from "./loop.ts";

type Reduce = KernelWith<Reduction>;
type Combine<T> = (sum: T, x: T) => T;

/** Combines the elements along `axes` with what is in `out` already. */
function fold<T>(
  from: Elements<T>,
  shape: readonly number[],
  axes: readonly number[],
  out: Elements<T>,
  combine: Combine<T>,
): void {
  const kept = stridesOf(shape.map((size, i) => (axes.includes(i) ? 1 : size)));
  const steps = kept.map((stride, i) => (axes.includes(i) ? 0 : stride));
  const loop = collapse({ shape, strides: [steps] });
  const length = loop.shape.at(-1)!;
  const step = loop.strides[0]!.at(-1)!;
  forEachRow(loop, ([at], before) => {
    const end = before + length;
    if (step === 0) {
      let sum = out[at!] as T;
      for (let i = before; i < end; i++) sum = combine(sum, from[i] as T);
      out[at!] = sum;
    } else {
      for (let i = before, o = at!; i < end; i++, o += step) out[o] = combine(out[o] as T, from[i] as T);
    }
  });
}

interface Folding {
  readonly initial: number;
  readonly combine: Combine<number>;
  /** For 32-bit integers, if a number has not enough bits. */
  readonly wrapping?: Combine<number>;
  readonly big?: { readonly initial: bigint; readonly combine: Combine<bigint> };
}

function reduction(name: string, { initial, combine, wrapping, big }: Folding): Reduce {
  return ([x], { axes }, [spec]) => {
    const { dtype, shape, data } = x!;
    const size = sizeOf(staticShape(spec!.shape));
    const out = allocate(dtype, [size]);
    if (isBigint(dtype)) {
      if (!big) throw notFor(name, dtype);
      const sums = new Array<bigint>(size).fill(big.initial);
      fold(bigints(data), shape, axes, sums, big.combine);
      for (let i = 0; i < size; i++) out[i] = sums[i]!;
    } else {
      const sums = new Float64Array(size).fill(initial);
      fold(numbers(data), shape, axes, sums, dtype.includes("int") ? (wrapping ?? combine) : combine);
      for (let i = 0; i < size; i++) out[i] = sums[i]!;
    }
    return [result(spec!, out)];
  };
}

const sum: Folding = { initial: 0, combine: (a, b) => a + b, big: { initial: 0n, combine: (a, b) => a + b } };
const reduceSum = reduction("reduce_sum", sum);

const reduceMean: Kernel<"reduce_mean"> = ([x], { axes }, [spec]) => {
  const { dtype, shape, data } = x!;
  const out = allocate(dtype, staticShape(spec!.shape));
  const sums = new Float64Array(out.length);
  fold(numbers(data), shape, axes, sums, sum.combine);
  const count = sizeOf(axes.map((axis) => shape[axis]!));
  for (let i = 0; i < out.length; i++) out[i] = sums[i]! / count;
  return [result(spec!, out)];
};

/** The first of the largest (or smallest); a NaN counts as such. */
function position(
  better: (x: number | bigint, best: number | bigint) => boolean,
): KernelWith<Attributes["argmax"]> {
  return ([x], { axis }, [spec]) => {
    const { shape, data } = x!;
    const { outer, length, inner } = alongAxis(shape, axis);
    const out = new Int32Array(outer * inner);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const start = o * length * inner + i;
        let best = data[start]!;
        let at = 0;
        for (let k = 1; k < length && !Number.isNaN(best); k++) {
          const candidate = data[start + k * inner]!;
          if (better(candidate, best) || Number.isNaN(candidate)) {
            best = candidate;
            at = k;
          }
        }
        out[o * inner + i] = at;
      }
    }
    return [result(spec!, out)];
  };
}

export const reduceKernels = {
  reduce_sum: reduceSum,
  reduce_mean: reduceMean,
  reduce_prod: reduction("reduce_prod", {
    initial: 1,
    combine: (a, b) => a * b,
    wrapping: Math.imul,
    big: { initial: 1n, combine: (a, b) => a * b },
  }),
  reduce_max: reduction("reduce_max", {
    initial: -Infinity,
    combine: (a, b) => Math.max(a, b),
    big: { initial: -(2n ** 63n), combine: larger },
  }),
  reduce_min: reduction("reduce_min", {
    initial: Infinity,
    combine: (a, b) => Math.min(a, b),
    big: { initial: 2n ** 64n, combine: smaller },
  }),
  reduce_any: reduction("reduce_any", { initial: 0, combine: (a, b) => a | b }),
  reduce_all: reduction("reduce_all", { initial: 1, combine: (a, b) => a & b }),
  argmax: position((x, best) => x > best),
  argmin: position((x, best) => x < best),
};
