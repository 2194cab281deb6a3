import type { Numeric } from "../../program/emit.ts";
import type { DType } from "../../tensor/dtype.ts";
import { made } from "../made.ts";

/** How images are resized. */
export type Interpolation = "nearest" | "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

const kernels: Readonly<Record<Exclude<Interpolation, "nearest">, (x: number) => number>> = {
  bilinear: (x) => Math.max(0, 1 - x),
  bicubic(x) {
    if (x >= 2) return 0;
    return x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1;
  },
  lanczos3: (x) => lanczos(3, x),
  lanczos5: (x) => lanczos(5, x),
};

function lanczos(radius: number, x: number): number {
  if (x > radius) return 0;
  const y = Math.PI * x;
  return x <= 1e-3 ? 1 : (radius * Math.sin(y) * Math.sin(y / radius)) / (y * y);
}

/**
 * What each of `from` pixels counts in each of `to`: a matrix `(from, to)`, pixel centers at halves.
 * Source: `jax/_src/image/scale.py`.
 */
export function resizeWeights(
  from: number,
  to: number,
  interpolation: Interpolation,
  antialias: boolean,
  dtype: DType,
): Numeric {
  return made("resize", [from, to], dtype, () => {
    const weights = new Float64Array(from * to);
    for (let column = 0; column < to; column++) {
      if (interpolation === "nearest") weights[Math.floor(((column + 0.5) * from) / to) * to + column] = 1;
      else fillColumn(weights, column, { from, to, kernel: kernels[interpolation], antialias });
    }
    return weights;
  });
}

interface Column {
  readonly from: number;
  readonly to: number;
  readonly kernel: (x: number) => number;
  readonly antialias: boolean;
}

function fillColumn(weights: Float64Array, column: number, { from, to, kernel, antialias }: Column): void {
  const step = from / to;
  const spread = antialias ? Math.max(step, 1) : 1;
  const center = (column + 0.5) * step - 0.5;
  if (center < -0.5 || center > from - 0.5) return;
  const values = Array.from({ length: from }, (_, i) => kernel(Math.abs(center - i) / spread));
  const total = values.reduce((a, b) => a + b, 0);
  if (Math.abs(total) <= 1000 * 2 ** -23) return;
  for (const [i, value] of values.entries()) weights[i * to + column] = value / total;
}
