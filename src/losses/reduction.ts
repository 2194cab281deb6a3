import { multiply } from "../ops/arithmetic.ts";
import { choose } from "../ops/choose.ts";
import { dimensions, product } from "../ops/dimensions.ts";
import { divideNoNan } from "../ops/division.ts";
import { asDType } from "../ops/operands.ts";
import { sum } from "../ops/reduction.ts";
import type { Numeric } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import { sameRank } from "./same-rank.ts";

/** What becomes of the losses of samples: one number, or null and `"none"` for themselves. */
export type Reduction = "sum_over_batch_size" | "sum" | "mean" | "mean_with_sample_weight" | "none" | null;

/**
 * Values with weights and a mask, reduced. `sum_over_batch_size` and `mean` divide the sum by the number of values,
 * `mean_with_sample_weight` by the sum of the weights. Source: Keras 3.15 `losses/loss.py`.
 */
export function reduceWeighted(
  values: Numeric,
  weights: Numeric | null,
  mask: Numeric | null,
  reduction: Reduction,
): Numeric {
  const all = withMask(weights, mask, values.dtype, reduction);
  if (all === null) return reduced(values, null, reduction);
  const [wide, own] = sameRank(values, all);
  return reduced(multiply(wide, own), own, reduction);
}

/** Weights that are 0 where a mask says so. Where a mean follows, the others make up for those. */
export function withMask(
  weights: Numeric | null,
  mask: Numeric | null,
  dtype: DType,
  reduction: Reduction,
): Numeric | null {
  if (mask === null) return weights && asDType(weights, dtype);
  let counts = asDType(mask, dtype);
  if (reduction === "mean" || reduction === "sum_over_batch_size") {
    const total = asDType(product(dimensions(mask)), dtype);
    counts = choose(mask, divideNoNan(total, sum(counts)), asDType(0, dtype));
  }
  if (weights === null) return counts;
  const [own, given] = sameRank(counts, asDType(weights, dtype));
  return multiply(given, own);
}

function reduced(values: Numeric, weights: Numeric | null, reduction: Reduction): Numeric {
  const isAlone = values.shape.length === 0 || (values.shape.length === 1 && values.shape[0] === 0);
  if (reduction === null || reduction === "none" || isAlone) return values;
  const total = sum(values);
  if (reduction === "sum") return total;
  const isWeighted = reduction === "mean_with_sample_weight" && weights !== null;
  const count = isWeighted ? sum(weights) : product(dimensions(values));
  return divideNoNan(total, asDType(count, total.dtype));
}
