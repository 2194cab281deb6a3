import { nullable, optional } from "../fields/kinds.ts";
import { bool, choice, int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { orderPrim } from "../program/rules/order.ts";
import { scalar } from "../tensor/create.ts";
import { axesOf, axisOf } from "./axes.ts";
import { binary, unary } from "./define.ts";
import { dimension, dimensions, product, reshapeTo } from "./dimensions.ts";
import { type Axes, axes } from "./kinds.ts";
import { checkTimes } from "./made.ts";
import { permute } from "./moving.ts";
import {
  asDType,
  asFloat,
  asOperand,
  asResult,
  floatDType,
  type OperandLike,
  promote,
  rankOf,
  shapeOf,
} from "./operands.ts";
import { reduce } from "./reduction.ts";
import { sliceAxis } from "./slice-axis.ts";
import { operand as operandKind } from "./value-kinds.ts";

/** The mean, with a weight for each element or for each place along the axis. */
export const average = /* @__PURE__ */ unary(
  "numpy.Average",
  (x, { axis, weights }) => {
    if (weights === null) return reduce("reduce_mean", asFloat(x), axis, false);
    const [numbers, given] = promote([x, weights], floatDType);
    const rank = rankOf(numbers);
    const isVector = axis !== null && rankOf(given) === 1 && rank > 1;
    const at = isVector ? axisOf(axis, rank, "average") : 0;
    const factors = isVector
      ? reshapeTo(
          given,
          Array.from({ length: rank }, (_, i) => (i === at ? -1 : 1)),
        )
      : given;
    const total = reduce("reduce_sum", prim("mul", [numbers, factors]), axis, false);
    const ones = prim("add", [prim("mul", [numbers, asDType(0, dtypeOf(numbers))]), factors]);
    return prim("div", [total, reduce("reduce_sum", ones, axis, false)]);
  },
  () => ({
    /** The axis that is averaged over. Defaults to all. */
    axis: int(null),
    /** How much each element counts. Defaults to all alike. */
    weights: optional(nullable(operandKind), null),
  }),
  { call: ["weights"] },
);

/** The middle one along the axes, or the mean of the two in the middle. */
export const median = /* @__PURE__ */ unary(
  "numpy.Median",
  (x, { axis, keepdims }) => quantileOf(x, scalar(0.5, "float32"), axis, keepdims, "linear"),
  () => ({
    /** The axis, or axes, that are reduced. Defaults to all. */
    axis: axes(),
    /** Whether reduced axes stay, with size 1. Defaults to false. */
    keepdims: bool(false),
  }),
);

/** What a share `q` of the elements is not above. */
export const quantile = /* @__PURE__ */ binary(
  "numpy.Quantile",
  (x, q, { axis, method, keepdims }) => quantileOf(x, asFloat(q), axis, keepdims, method),
  () => ({
    /** The axis, or axes, that are reduced. Defaults to all. */
    axis: axes(),
    /** How values between two elements are made. Defaults to "linear". */
    method: methods("linear"),
    /** Whether reduced axes stay, with size 1. Defaults to false. */
    keepdims: bool(false),
  }),
  { tensors: ["x", "q"] },
);

export type Method = "linear" | "lower" | "higher" | "midpoint" | "nearest";
/** How values between two elements are made. */
export function methods(byDefault: Method) {
  return choice("linear", "lower", "higher", "midpoint", "nearest")(byDefault);
}

/** Each element less the one before it, `n` times over. */
export const diff = /* @__PURE__ */ unary(
  "numpy.Diff",
  (x, { n, axis }) => {
    const at = axisOf(axis, rankOf(x), "diff");
    let result: OperandLike = x;
    checkTimes("diff", "n", n);
    for (let i = 0; i < n; i++) {
      const pair = [sliceAxis(result, at, 1, null), sliceAxis(result, at, null, -1)];
      result = prim(dtypeOf(pair[0]!) === "bool" ? "ne" : "sub", pair);
    }
    return asResult(asOperand(result));
  },
  () => ({
    /** How often differences are taken. Defaults to 1. */
    n: int(1),
    /** The axis along which they are taken. Defaults to -1. */
    axis: int(-1),
  }),
  { tensors: ["a"] },
);

/** What shares `q` of the elements along axes are not above. */
export function quantileOf(
  x: OperandLike,
  q: Operand,
  axis: Axes,
  keepdims: boolean,
  method: Method,
): Numeric {
  const numbers = asFloat(x);
  const dtype = dtypeOf(numbers);
  const rank = rankOf(numbers);
  const over = axesOf(axis, rank, "quantile");
  const rest = [...Array(rank).keys()].filter((i) => !over.includes(i));
  const moved = permute(numbers, [...over, ...rest]);
  const count = product(over.map((i) => dimension(numbers, i)));
  const kept = rest.map((i) => dimension(numbers, i));
  const sorted = orderPrim("sort", [reshapeTo(moved, [count, ...kept])], { axis: 0 });
  const last = asDType(prim("sub", [asDType(count, "int32"), asDType(1, "int32")]), dtype);
  const place = prim("mul", [asDType(q, dtype), last]);
  const at = (index: Numeric) => gatherPrim("gather", [sorted, asDType(index, "int32")], { axis: 0 });
  const [low, high] = [at(prim("floor", [place])), at(prim("ceil", [place]))];
  const result = between(
    low,
    high,
    prim("sub", [place, prim("floor", [place])]),
    at(prim("round", [place])),
    method,
  );
  if (!keepdims) return result;
  const lead = dimensions(q);
  return reshapeTo(result, [
    ...lead,
    ...shapeOf(numbers).map((_, i) => (over.includes(i) ? 1 : dimension(numbers, i))),
  ]);
}

/** The value at a share of the way between two elements. */
export function between(
  low: Numeric,
  high: Numeric,
  share: Numeric,
  nearest: Numeric,
  method: Method,
): Numeric {
  if (method === "nearest") return nearest;
  if (method === "lower") return low;
  if (method === "higher") return high;
  const weight =
    method === "midpoint"
      ? asDType(0.5, low.dtype)
      : reshapeTo(share, [...dimensions(share), ...new Array<number>(rankOf(low) - rankOf(share)).fill(1)]);
  const rest = prim("sub", [asDType(1, low.dtype), weight]);
  return prim("add", [prim("mul", [low, rest]), prim("mul", [high, weight])]);
}
