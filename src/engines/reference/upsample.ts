import type { ResizeMethod } from "../../program/primitives.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { allocate, alongAxis, type Kernel, numbers } from "./kernel.ts";

/** How much an element counts at some distance, and how far that reaches. */
interface Interpolation {
  readonly reach: number;
  readonly weight: (distance: number) => number;
}

function lanczos(reach: number): Interpolation {
  const weight = (x: number) => {
    if (x < 1e-9) return 1;
    if (x > reach) return 0;
    return (reach * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / reach)) / (Math.PI * x) ** 2;
  };
  return { reach, weight };
}

/** Keys's cubic with a = -1/2. */
function cubic(x: number): number {
  if (x >= 2) return 0;
  return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
}

const interpolations: Record<Exclude<ResizeMethod, "nearest">, Interpolation> = {
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - x) },
  bicubic: { reach: 2, weight: cubic },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};

/** Grows one axis by a whole factor; each result is a weighted mean of elements around it. */
function grow(x: Tensor, axis: number, factor: number, method: ResizeMethod): Tensor {
  const { outer, length, inner } = alongAxis(x.shape, axis);
  const shape = x.shape.map((size, i) => (i === axis ? size * factor : size));
  const data = allocate(x.dtype, shape);
  const from = numbers(x.data);
  const out = numbers(data);
  const sums = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < length * factor; k++) {
      const { first, weights } = sources(k, length, factor, method);
      sums.fill(0);
      weights.forEach((weight, w) => {
        const start = (o * length + first + w) * inner;
        for (let i = 0; i < inner; i++) sums[i]! += weight * from[start + i]!;
      });
      const to = (o * length * factor + k) * inner;
      for (let i = 0; i < inner; i++) out[to + i] = sums[i]!;
    }
  }
  return new Tensor(x.dtype, shape, data);
}

/** Which elements make the k-th result. Weights that fall outside go to those inside. */
function sources(k: number, length: number, factor: number, method: ResizeMethod) {
  if (method === "nearest") return { first: Math.floor(k / factor), weights: [1] };
  const { reach, weight } = interpolations[method];
  const center = (k + 0.5) / factor - 0.5;
  const first = Math.max(0, Math.ceil(center - reach));
  const last = Math.min(length - 1, Math.floor(center + reach));
  const weights: number[] = [];
  for (let i = first; i <= last; i++) weights.push(weight(Math.abs(center - i)));
  const total = weights.reduce((sum, value) => sum + value, 0);
  return { first, weights: weights.map((value) => value / total) };
}

const upsample: Kernel<"upsample"> = ([x], { factors, method }) => {
  let images = x!;
  factors.forEach((factor, i) => {
    if (factor !== 1) images = grow(images, i + 1, factor, method);
  });
  return [images];
};

export const upsampleKernels = { upsample };
