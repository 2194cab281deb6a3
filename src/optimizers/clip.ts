import { add, divide, maximum, minimum, multiply, subtract } from "../ops/arithmetic.ts";
import { clip } from "../ops/clipping.ts";
import { greater, where } from "../ops/comparison.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import { sum } from "../ops/reduction.ts";
import type { Numeric } from "../program/emit.ts";

/** How gradients are bounded: by one of three numbers, or not at all. */
export interface Clipping {
  readonly clipnorm: number | null;
  readonly global_clipnorm: number | null;
  readonly clipvalue: number | null;
}

/** Gradients as a clipping leaves them; a bound of 0 is none. */
export function clipped(gradients: readonly Numeric[], clipping: Clipping): readonly Numeric[] {
  const { clipnorm, global_clipnorm: global, clipvalue: bound } = clipping;
  if (clipnorm !== null && clipnorm > 0) return gradients.map((gradient) => withNorm(gradient, clipnorm));
  if (global !== null && global > 0) return withGlobalNorm(gradients, global);
  if (bound === null || bound <= 0) return gradients;
  return gradients.map((gradient) => clip(gradient, { x_min: -bound, x_max: bound }));
}

function withNorm(gradient: Numeric, most: number): Numeric {
  const squares = sum(square(gradient), { keepdims: true });
  const isAbove0 = greater(squares, 0);
  const norm = where(isAbove0, sqrt(where(isAbove0, squares, asDType(1, squares.dtype))), squares);
  return divide(multiply(gradient, most), maximum(norm, most));
}

/** Where the norm is not finite all gradients become NaN. */
function withGlobalNorm(gradients: readonly Numeric[], most: number): Numeric[] {
  const norm = sqrt(
    gradients.map((gradient) => sum(square(gradient))).reduce((total, part) => add(total, part)),
  );
  const finite = multiply(most, minimum(divide(1, norm), 1 / most));
  const scale = add(finite, subtract(norm, norm));
  return gradients.map((gradient) => multiply(gradient, scale));
}
