import { ShapeError } from "../errors.ts";
import { aNumber, aString, either, nullable, optional } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import { inspect } from "../json/inspect.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { factorsOf } from "../program/rules/linalg.ts";
import { axisOf } from "./axes.ts";
import { unary } from "./define.ts";
import { dimension, reshapeTo } from "./dimensions.ts";
import { axes } from "./kinds.ts";
import { permute } from "./moving.ts";
import { asDType, asFloat, rankOf, shapeOf } from "./operands.ts";
import { reduce } from "./reduction.ts";

type Order = number | string | null;

/**
 * The length of vectors along one axis, or the norm of matrices along two. Without axes: of all elements, where `ord` is
 * null, else of the vector or the matrix that the tensor is.
 */
export const norm = /* @__PURE__ */ unary(
  "linalg.Norm",
  (x, { ord, axis, keepdims }) => {
    const operand = asFloat(x);
    const rank = rankOf(operand);
    const given = axis === null ? [...Array(rank).keys()] : [axis].flat();
    const over = given.map((each) => axisOf(each, rank, "norm"));
    if (axis === null && ord === null) return lengthOf(operand, over, keepdims);
    if (over.length === 1) return vectorNorm(operand, over[0]!, ord, keepdims);
    if (over.length === 2 && over[0] !== over[1])
      return matrixNorm(operand, over as [number, number], ord, keepdims);
    throw new ShapeError("norm", `expected one axis or two different ones, received ${inspect(over)}.`);
  },
  () => ({
    /**
     * Which norm: null for the length, of vectors any number, Infinity and -Infinity, of matrices "fro", "nuc", 1, -1, 2,
     * -2, Infinity and -Infinity. Defaults to null.
     */
    ord: optional(nullable(either(aString, (input) => typeof input === "string", aNumber)), null),
    /** The axis of the vectors, or the two of the matrices. Defaults to null. */
    axis: axes(),
    /** Whether reduced axes stay, with size 1. Defaults to false. */
    keepdims: bool(false),
  }),
);

function lengthOf(x: Operand, over: readonly number[], keepdims: boolean): Numeric {
  return prim("sqrt", [reduce("reduce_sum", prim("mul", [x, x]), over, keepdims)]);
}

function vectorNorm(x: Operand, axis: number, ord: Order, keepdims: boolean): Numeric {
  if (ord === null || ord === 2) return lengthOf(x, [axis], keepdims);
  if (typeof ord === "string") throw unknownOrder("of vectors a number or null", ord);
  const sizes = prim("abs", [x]);
  const over = { axes: [axis], keepdims };
  if (ord === Number.POSITIVE_INFINITY) return prim("reduce_max", [sizes], over);
  if (ord === Number.NEGATIVE_INFINITY) return prim("reduce_min", [sizes], over);
  if (ord === 1) return prim("reduce_sum", [sizes], over);
  const { dtype } = sizes;
  if (ord === 0) return prim("reduce_sum", [asDType(prim("ne", [x, asDType(0, dtype)]), dtype)], over);
  const total = prim("reduce_sum", [prim("pow", [sizes, asDType(ord, dtype)])], over);
  return prim("pow", [total, asDType(1 / ord, dtype)]);
}

function matrixNorm(
  x: Operand,
  [rows, columns]: readonly [number, number],
  ord: Order,
  keepdims: boolean,
): Numeric {
  const over = [rows, columns] as const;
  const ofSums = (primitive: End, along: number) =>
    reduce(primitive, reduce("reduce_sum", prim("abs", [x]), [along], true), over, keepdims);
  switch (ord) {
    case null:
    case "fro":
    case "f":
      return lengthOf(x, over, keepdims);
    case 1:
      return ofSums("reduce_max", rows);
    case -1:
      return ofSums("reduce_min", rows);
    case Number.POSITIVE_INFINITY:
      return ofSums("reduce_max", columns);
    case Number.NEGATIVE_INFINITY:
      return ofSums("reduce_min", columns);
    case "nuc":
      return ofSingularValues("reduce_sum", x, over, keepdims);
    case 2:
      return ofSingularValues("reduce_max", x, over, keepdims);
    case -2:
      return ofSingularValues("reduce_min", x, over, keepdims);
    default:
      throw unknownOrder('of matrices "fro", "nuc", 1, -1, 2, -2, Infinity, -Infinity or null', ord);
  }
}

type End = "reduce_max" | "reduce_min" | "reduce_sum";

function ofSingularValues(
  primitive: End,
  x: Operand,
  over: readonly [number, number],
  keepdims: boolean,
): Numeric {
  const lead = [...Array(rankOf(x)).keys()].filter((axis) => !over.includes(axis));
  const values = factorsOf("svd", permute(x, [...lead, ...over]), { full: false })[1]!;
  const result = reduce(primitive, values, lead.length, false);
  if (!keepdims) return result;
  return reshapeTo(
    result,
    shapeOf(x).map((_, axis) => (over.includes(axis) ? 1 : dimension(x, axis))),
  );
}

function unknownOrder(expected: string, received: Order): ShapeError {
  return new ShapeError("norm", `expected ord to be ${expected}, received ${inspect(received)}.`);
}
