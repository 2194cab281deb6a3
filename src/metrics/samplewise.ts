import { maskOf } from "../graph/mask.ts";
import { withMask } from "../losses/reduction.ts";
import { sameRank } from "../losses/same-rank.ts";
import { multiply } from "../ops/arithmetic.ts";
import { broadcastTo, dimensions } from "../ops/dimensions.ts";
import { asDType } from "../ops/operands.ts";
import { mean, sum } from "../ops/reduction.ts";
import type { Numeric } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";

const reductions = { mean, sum };

/**
 * A value for each sample, times its weight, and the weights themselves. A mask that the values carry counts where there
 * are weights. Source: Keras 3.6 `metrics/reduction_metrics.py`.
 */
export function samplewise(
  values: Numeric,
  weights: Numeric | null,
  how: "mean" | "sum",
  dtype: DType,
): [values: Numeric, weights: Numeric | null] {
  const over = (x: Numeric, from: number): Numeric => {
    const axis = Array.from({ length: x.shape.length - from }, (_, i) => from + i);
    return axis.length > 0 ? reductions[how](x, { axis }) : x;
  };
  const all = asDType(values, dtype);
  if (weights === null) return [all.shape.length > 1 ? over(all, 1) : all, null];
  const counts = withMask(asDType(weights, dtype), maskOf(values), dtype, "sum")!;
  const [wide, own] = sameRank(all, counts);
  const rank = own.shape.length;
  const each = wide.shape.length > rank ? over(wide, rank) : wide;
  const spread = broadcastTo(own, dimensions(each));
  const weighted = multiply(each, spread);
  return [weighted.shape.length > 1 ? over(weighted, 1) : weighted, rank > 1 ? over(spread, 1) : spread];
}
