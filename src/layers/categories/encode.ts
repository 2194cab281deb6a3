import { greaterEqual, less, logicalOr, where } from "../../ops/comparison.ts";
import { dimension, dimensions, filled, reshapeTo } from "../../ops/dimensions.ts";
import { oneHotOf } from "../../ops/indexing.ts";
import { asDType, rankOf } from "../../ops/operands.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import type { DType } from "../../tensor/dtype.ts";

/** What integers that stand for categories become: themselves, or a row of numbers, one for each category. */
export type Encoding = "int" | "one_hot" | "multi_hot" | "count";

/**
 * Integers as rows of `depth` numbers: which category each one is, or which, or how many of each, there are along the
 * last axis. Those that are no category count nowhere. Source: Keras 3.6 `utils/numerical_utils.py`,
 * `encode_categorical_inputs`.
 */
export function encode(
  categories: Numeric,
  encoding: Encoding,
  depth: number,
  dtype: DType,
  weights: Numeric | null = null,
): Numeric {
  if (encoding === "int") return asDType(categories, dtype);
  const x = rankOf(categories) === 0 ? reshapeTo(categories, [1]) : categories;
  const rank = rankOf(x);
  if (encoding === "one_hot") {
    const isColumn = rank > 1 && x.shape.at(-1) === 1;
    return oneHotOf(isColumn ? reshapeTo(x, dimensions(x).slice(0, -1)) : x, depth, -1, dtype);
  }
  if (rank <= 2) return count(x, encoding, depth, dtype, weights);
  const hot = oneHotOf(x, depth, -1, dtype);
  if (encoding === "multi_hot") return prim("reduce_max", [hot], { axes: [1], keepdims: false });
  const weighted = weights ? prim("mul", [hot, reshapeTo(weights, [...dimensions(weights), 1])]) : hot;
  return prim("reduce_sum", [weighted], { axes: [1], keepdims: false });
}

/** Counts along the last axis, where one hot row for each element would be far more numbers. */
function count(
  x: Numeric,
  encoding: "multi_hot" | "count",
  depth: number,
  dtype: DType,
  weights: Numeric | null,
): Numeric {
  const axis = rankOf(x) - 1;
  const places = asDType(x, "int32");
  const isNone = logicalOr(less(places, 0), greaterEqual(places, depth));
  const kept = where(isNone, depth, places);
  const lead = axis === 0 ? [] : [dimension(x, 0)];
  const none = filled([...lead, depth + 1], 0, dtype);
  const each = weights ?? filled(dimensions(x), 1, dtype);
  const counted = sliceAxis(
    gatherPrim("scatter_along", [none, asDType(kept, "int32"), each], { axis }),
    axis,
    0,
    depth,
  );
  return encoding === "count" ? counted : prim("min", [counted, asDType(1, dtype)]);
}
