import { ShapeError } from "../errors.ts";
import { nullable, optional } from "../fields/kinds.ts";
import { bool, float, int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { orderPrim } from "../program/rules/order.ts";
import { isFloat } from "../tensor/dtype.ts";
import { axesOf, axisOf } from "./axes.ts";
import { binary, unary } from "./define.ts";
import { dimension, dimensions, product, reshapeTo } from "./dimensions.ts";
import { type Axes, axes } from "./kinds.ts";
import { permute } from "./moving.ts";
import { asDType, asFloat, asOperand, floatDType, type OperandLike, promote, rankOf } from "./operands.ts";
import { max, min, reduce } from "./reduction.ts";
import { sliceAxis } from "./slice-axis.ts";
import { between, type Method, methods, quantileOf } from "./statistics.ts";
import { operand as operandKind } from "./value-kinds.ts";

const reduction = () => ({
  /** The axis, or axes, that are reduced. Defaults to all. */
  axis: axes(),
  /** Whether reduced axes stay, with size 1. Defaults to false. */
  keepdims: bool(false),
});

const shares = () => ({
  /** The axis, or axes, that are reduced. Defaults to all. */
  axis: axes(),
  /** How values between two elements are made. Defaults to "linear". */
  method: methods("linear"),
  /** Whether reduced axes stay, with size 1. Defaults to false. */
  keepdims: bool(false),
});

const CALL = { tensors: ["x", "q"] };

/** The largest less the smallest. */
export const ptp = /* @__PURE__ */ unary(
  "numpy.Ptp",
  (x, { axis, keepdims }) => prim("sub", [max(x, { axis, keepdims }), min(x, { axis, keepdims })]),
  reduction,
);

/** What `q` percent of the elements are not above. */
export const percentile = /* @__PURE__ */ binary(
  "numpy.Percentile",
  (x, q, { axis, method, keepdims }) => quantileOf(x, ofHundred(q), axis, keepdims, method),
  shares,
  CALL,
);

/** What a share `q` of the elements that are no NaN are not above; NaN where all are. */
export const nanquantile = /* @__PURE__ */ binary(
  "numpy.Nanquantile",
  (x, q, { axis, method, keepdims }) => withoutNaN(x, asFloat(q), axis, keepdims, method),
  shares,
  CALL,
);

/** What `q` percent of the elements that are no NaN are not above; NaN where all are. */
export const nanpercentile = /* @__PURE__ */ binary(
  "numpy.Nanpercentile",
  (x, q, { axis, method, keepdims }) => withoutNaN(x, ofHundred(q), axis, keepdims, method),
  shares,
  CALL,
);

/** The middle one of the elements that are no NaN; NaN where all are. */
export const nanmedian = /* @__PURE__ */ unary(
  "numpy.Nanmedian",
  (x, { axis, keepdims }) => withoutNaN(x, asOperand(0.5), axis, keepdims, "linear"),
  reduction,
);

/** The area below a line through points along an axis: at places `x`, or `dx` from each other. */
export const trapezoid = /* @__PURE__ */ unary(
  "numpy.Trapezoid",
  (y, { x, dx, axis }) => {
    const heights = asFloat(y);
    const at = axisOf(axis, rankOf(heights), "trapezoid");
    const steps = (line: OperandLike, along: number) =>
      [sliceAxis(line, along, 1, null), sliceAxis(line, along, null, -1)] as const;
    const sums = prim("add", steps(heights, at));
    if (x === null) {
      const half = prim("mul", [sums, asDType(dx / 2, dtypeOf(sums))]);
      return reduce("reduce_sum", half, at, false);
    }
    const places = promote([x, heights], floatDType)[0];
    const isVector = rankOf(places) === 1;
    const widths = prim("sub", steps(places, isVector ? 0 : axisOf(axis, rankOf(places), "trapezoid")));
    const shape = Array.from({ length: rankOf(heights) }, (_, i) => (i === at ? -1 : 1));
    const wide = isVector ? reshapeTo(widths, shape) : widths;
    const areas = prim("mul", promote([wide, sums]));
    return reduce("reduce_sum", prim("mul", [areas, asDType(0.5, dtypeOf(areas))]), at, false);
  },
  () => ({
    /** Where the points are: a vector, or a tensor as the heights. Defaults to null: `dx` apart. */
    x: optional(nullable(operandKind), null),
    /** How far apart they are. Defaults to 1. */
    dx: float(1),
    /** The axis of the points. Defaults to -1. */
    axis: int(-1),
  }),
  { tensors: ["y"] },
);

/** How rows go together, from -1 to 1 for each two of them. */
export const corrcoef = /* @__PURE__ */ unary("numpy.Corrcoef", (x) => {
  const given = asFloat(x);
  const rank = rankOf(given);
  if (rank > 2)
    throw new ShapeError("corrcoef", `expected a vector or a matrix, received ${rank} dimensions.`);
  const rows = rank === 2 ? given : reshapeTo(given, [1, -1]);
  const centered = prim("sub", [rows, reduce("reduce_mean", rows, 1, true)]);
  const products = prim("matmul", [centered, permute(centered, [1, 0])]);
  const spread = prim("sqrt", [reduce("reduce_sum", prim("mul", [centered, centered]), 1, true)]);
  const scaled = prim("div", [prim("div", [products, spread]), permute(spread, [1, 0])]);
  const bounded = prim("clamp", [scaled], { min: -1, max: 1 });
  return rank === 2 ? bounded : reshapeTo(bounded, []);
});

/** The distance of each row of `x` from each row of `y`. */
export const cdist = /* @__PURE__ */ binary(
  "math.CDist",
  (x, y) => {
    const [a, b] = promote([x, y], floatDType);
    const rank = rankOf(a);
    if (rank < 2 || rankOf(b) !== rank)
      throw new ShapeError(
        "cdist",
        `expected rows of tensors of one rank, received ${rank} and ${rankOf(b)}.`,
      );
    const spread = (of: Operand, at: number) => reshapeTo(of, dimensions(of).toSpliced(at, 0, 1));
    const distance = prim("sub", [spread(a, rank - 1), spread(b, rank - 2)]);
    return prim("sqrt", [reduce("reduce_sum", prim("mul", [distance, distance]), rank, false)]);
  },
  undefined,
  { tensors: ["x", "y"] },
);

function ofHundred(q: OperandLike): Numeric {
  const share = asFloat(q);
  return prim("div", [share, asDType(100, dtypeOf(share))]);
}

/** As `quantileOf`, of what is no NaN: that is sorted behind all others, and not counted. */
function withoutNaN(x: OperandLike, q: Operand, axis: Axes, keepdims: boolean, method: Method): Numeric {
  const numbers = asFloat(x);
  if (!isFloat(dtypeOf(asOperand(x)))) return quantileOf(x, q, axis, keepdims, method);
  const dtype = dtypeOf(numbers);
  const like = (value: number) => asDType(value, dtype);
  const rank = rankOf(numbers);
  const over = axesOf(axis, rank, "nanquantile");
  const rest = [...Array(rank).keys()].filter((i) => !over.includes(i));
  const kept = rest.map((i) => dimension(numbers, i));
  const count = product(over.map((i) => dimension(numbers, i)));
  const rows = reshapeTo(permute(numbers, [...rest, ...over]), [product(kept), count]);
  const isGap = prim("is_nan", [rows]);
  const sorted = orderPrim("sort", [prim("select", [isGap, like(Number.POSITIVE_INFINITY), rows])], {
    axis: 1,
  });
  const known = reduce("reduce_sum", asDType(prim("not", [isGap]), dtype), 1, true);
  const shareRow = reshapeTo(asDType(q, dtype), [1, -1]);
  const place = prim("mul", [prim("max", [prim("sub", [known, like(1)]), like(0)]), shareRow]);
  const at = (index: Numeric) => gatherPrim("gather_along", [sorted, asDType(index, "int32")], { axis: 1 });
  const low = prim("floor", [place]);
  const found = between(
    at(low),
    at(prim("ceil", [place])),
    prim("sub", [place, low]),
    at(prim("round", [place])),
    method,
  );
  const isNowhere = prim("eq", [known, like(0)]);
  const result = prim("select", [isNowhere, like(Number.NaN), found]);
  const shape = keepdims
    ? Array.from({ length: rank }, (_, i) => (over.includes(i) ? 1 : dimension(numbers, i)))
    : kept;
  return reshapeTo(permute(result, [1, 0]), [...dimensions(q), ...shape]);
}
