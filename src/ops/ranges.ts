import { aNumber, anInteger, optional } from "../fields/kinds.ts";
import { bool, choice, int } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { DType } from "../tensor/dtype.ts";
import { axisOf } from "./axes.ts";
import { binary, defineOp, type Op } from "./define.ts";
import { broadcastTo, dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { made } from "./made.ts";
import { asDType, floatDType, type OperandLike, promote, rankOf } from "./operands.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

const range = () => ({
  /** How many numbers. Defaults to 50. */
  num: int(50),
  /** Whether the last one is the end. Defaults to true. */
  endpoint: bool(true),
});
const CALL = { tensors: ["start", "stop"] };

/** `num` numbers at equal distances from `start` to `stop`, along a new axis. */
export const linspace = /* @__PURE__ */ binary(
  "numpy.Linspace",
  (start, stop, { num, endpoint, dtype, axis }) => evenly(start, stop, num, endpoint, dtype, axis),
  () => ({
    ...range(),
    /** Whether the step is given, too. Defaults to false. */
    retstep: bool(false),
    /** The dtype of the result. Defaults to a float. */
    dtype: dtypeField(null),
    /** The axis along which the numbers are. Defaults to 0. */
    axis: int(0),
  }),
  CALL,
);

/** Powers of `base` with exponents at equal distances. */
export const logspace = /* @__PURE__ */ binary(
  "numpy.Logspace",
  (start, stop, { num, endpoint, base, dtype, axis }) => {
    const exponents = evenly(start, stop, num, endpoint, null, axis);
    const powers = prim("pow", [asDType(base, exponents.dtype), exponents]);
    return asDType(powers, dtype ?? powers.dtype);
  },
  () => ({
    ...range(),
    /** What is raised to powers. Defaults to 10. */
    base: optional(aNumber, 10),
    /** The dtype of the result. Defaults to a float. */
    dtype: dtypeField(null),
    /** The axis along which the numbers are. Defaults to 0. */
    axis: optional(anInteger, 0),
  }),
  CALL,
);

/** Numbers from `start` to `stop` of which each is the one before it times the same. */
export const geomspace = /* @__PURE__ */ binary(
  "numpy.Geomspace",
  (start, stop, { num, endpoint, dtype, axis }) => {
    const [from, to] = promote([start, stop], floatDType);
    const like = (value: number) => asDType(value, dtypeOf(from));
    const isBelow = prim("and", [prim("lt", [from, like(0)]), prim("lt", [to, like(0)])]);
    const sign = prim("select", [isBelow, like(-1), like(1)]);
    const exponent = (x: Operand) => prim("log", [prim("mul", [x, sign])]);
    const exponents = evenly(exponent(from), exponent(to), num, endpoint, null, axis);
    const at = axisOf(axis, rankOf(exponents), "geomspace");
    const wide = reshapeTo(sign, dimensions(sign).toSpliced(at, 0, 1));
    const powers = prim("mul", [prim("exp", [exponents]), wide]);
    return asDType(powers, dtype ?? powers.dtype);
  },
  () => ({
    ...range(),
    /** The dtype of the result. Defaults to a float. */
    dtype: dtypeField(null),
    /** The axis along which the numbers are. Defaults to 0. */
    axis: int(0),
  }),
  CALL,
);

/** `meshgrid(a, b, …, { indexing })`. */
export interface MeshgridOp extends Op {
  (...args: readonly (KerasTensor | MeshgridOptions)[]): KerasTensor[];
  (...args: readonly (OperandLike | MeshgridOptions)[]): Numeric[];
}

/** Settings of `meshgrid`. */
export interface MeshgridOptions {
  readonly indexing: "xy" | "ij";
}

/** The coordinates of a grid, one tensor per dimension; with `xy` the first two dimensions change places. */
export const meshgrid = /* @__PURE__ */ defineOp<MeshgridOp>({
  path: "numpy.Meshgrid",
  tensors: ["x"],
  variadic: true,
  fields: () => ({ indexing: choice("xy", "ij")("xy") }),
  compute: (...args: [...OperandLike[], { indexing: "xy" | "ij" }]) => {
    const { indexing } = args[args.length - 1] as { indexing: "xy" | "ij" };
    const vectors = (args.slice(0, -1) as OperandLike[]).map((x) => reshapeTo(x, [-1]));
    const places = vectors.map((_, i) => (indexing === "xy" && vectors.length > 1 && i < 2 ? 1 - i : i));
    const shape = places.map((place) => dimension(vectors[place]!, 0));
    return vectors.map((vector, i) => {
      const alone = places.map((place) => (place === i ? dimension(vector, 0) : 1));
      return broadcastTo(reshapeTo(vector, alone), shape);
    });
  },
});

/** For each element, how many of the rising `bins` are not above it; NaN is above all. */
export const digitize = /* @__PURE__ */ binary(
  "numpy.Digitize",
  (x, bins) => countBelow(bins, x, "lt"),
  undefined,
  {
    tensors: ["x", "bins"],
  },
);

/** Where each value goes in a rising sequence: before its equals, or behind them with `side: "right"`; NaN behind all. */
export const searchsorted = /* @__PURE__ */ binary(
  "numpy.SearchSorted",
  (sequence, values, { side }) => countBelow(sequence, values, side === "left" ? "le" : "lt"),
  () => ({
    /** Whether a value goes in front of equal ones, or behind. Defaults to "left". */
    side: choice("left", "right")("left"),
  }),
  { tensors: ["sorted_sequence", "values"] },
);

/** How many of a vector each element is not below. */
function countBelow(vector: OperandLike, x: OperandLike, isBelow: "lt" | "le"): Numeric {
  const [values, limits] = promote([x, vector]);
  const rank = rankOf(values);
  const each = reshapeTo(values, [...dimensions(values), 1]);
  const isAbove = prim("not", [prim(isBelow, [each, limits])]);
  return prim("reduce_sum", [asDType(isAbove, "int32")], { axes: [rank], keepdims: false });
}

function evenly(
  start: OperandLike,
  stop: OperandLike,
  num: number,
  endpoint: boolean,
  dtype: DType | null,
  axis: number,
): Numeric {
  const [from, to] = promote([start, stop], floatDType);
  const span = prim("sub", [to, from]);
  const at = axisOf(axis, rankOf(span) + 1, "linspace");
  const wide = (x: OperandLike) => reshapeTo(x, dimensions(x).toSpliced(Math.min(at, rankOf(x)), 0, 1));
  const parts = Math.max(1, endpoint ? num - 1 : num);
  const shape = Array.from({ length: rankOf(span) + 1 }, (_, i) => (i === at ? num : 1));
  const shares = made("linspace", shape, span.dtype, () => Array.from({ length: num }, (_, i) => i / parts));
  const base = broadcastTo(from, dimensions(span));
  const points = prim("add", [wide(base), prim("mul", [wide(span), shares])]);
  return asDType(points, dtype ?? points.dtype);
}
