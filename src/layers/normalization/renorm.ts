import { inspect, isPlain } from "../../json/inspect.ts";
import type { JsonValue } from "../../json/json.ts";
import { add, divide, maximum, minimum, multiply, subtract } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { square } from "../../ops/elementwise.ts";
import { sqrt } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import { assign, dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { scalar } from "../../tensor/create.ts";
import { optionProblem } from "../option-problem.ts";

/** How far a batch's own statistics may take training from the averages: bounds of a factor, and of a shift both ways. */
interface Clipping {
  readonly rmin?: number | null;
  readonly rmax?: number | null;
  readonly dmax?: number | null;
}

const bounds = ["rmin", "rmax", "dmax"];

/** Complains about bounds that are none, or of which one is above the other. */
export function checkClipping(clipping: JsonValue): void {
  const wrong = (expected: string) =>
    optionProblem(
      "BatchNormalization",
      "renorm_clipping",
      `expected ${expected}, received ${inspect(clipping)}.`,
    );
  if (!isPlain(clipping)) throw wrong("an object of rmin, rmax and dmax");
  for (const [key, value] of Object.entries(clipping))
    if (!bounds.includes(key) || !(value === null || typeof value === "number"))
      throw wrong("numbers as rmin, rmax and dmax, and nothing else");
  const { rmin, rmax, dmax } = clipping as Clipping;
  if (rmin != null && rmax != null && rmax < rmin) throw wrong("rmax of at least rmin");
  if (dmax != null && dmax < 0) throw wrong("dmax of at least 0");
}

/** What batch renormalization keeps, and by which options it goes. */
export interface Renormalized {
  readonly epsilon: number;
  readonly momentum: number;
  readonly renorm_momentum: number;
  readonly renorm_clipping: JsonValue;
  readonly moving_mean: Variable;
  readonly moving_variance: Variable;
  readonly moving_stddev: Variable;
  readonly renorm_mean: Variable;
  readonly renorm_stddev: Variable;
}

/**
 * A factor and a shift by which what a batch's statistics normalize becomes what averages would, within bounds; moves the
 * averages towards the batch. Source: Keras 3.14 `layers/normalization/batch_normalization.py`.
 */
export function renormalize(
  layer: Renormalized,
  mean: Operand,
  variance: Operand,
): { factor: Numeric; shift: Numeric } {
  const dtype = dtypeOf(mean);
  const number = (value: number) => scalar(value, dtype);
  const deviation = sqrt(add(variance, number(layer.epsilon)));
  const usual = maximum(asDType(layer.renorm_stddev, dtype), number(Math.sqrt(layer.epsilon)));
  let factor = divide(deviation, usual);
  let shift = divide(subtract(mean, asDType(layer.renorm_mean, dtype)), usual);
  const { rmin, rmax, dmax } = layer.renorm_clipping as Clipping;
  if (rmin != null) factor = maximum(factor, number(rmin));
  if (rmax != null) factor = minimum(factor, number(rmax));
  if (dmax != null) shift = minimum(maximum(shift, number(-dmax)), number(dmax));
  const move = (average: Variable, momentum: number, now: Operand): Numeric => {
    const kept = multiply(asDType(average, dtype), number(momentum));
    const moved = add(kept, multiply(now, number(1 - momentum)));
    assign(average, cast(moved, { dtype: average.dtype }));
    return moved;
  };
  move(layer.renorm_mean, layer.renorm_momentum, mean);
  move(layer.renorm_stddev, layer.renorm_momentum, deviation);
  move(layer.moving_mean, layer.momentum, mean);
  const moved = move(layer.moving_stddev, layer.momentum, deviation);
  const spread = maximum(subtract(square(moved), number(layer.epsilon)), number(0));
  assign(layer.moving_variance, cast(spread, { dtype: layer.moving_variance.dtype }));
  return { factor, shift };
}
