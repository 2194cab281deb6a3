import { bool, int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { axisOf } from "./axes.ts";
import { unary } from "./define.ts";
import { reshapeTo } from "./dimensions.ts";
import { axes } from "./kinds.ts";
import { asBool, asDType, asOperand, type OperandLike, rankOf } from "./operands.ts";
import { extreme, reduce, reduction } from "./reduction.ts";

/** How many are not 0. */
export const countNonzero = /* @__PURE__ */ unary(
  "numpy.CountNonzero",
  (x, { axis }) => reduce("reduce_sum", asDType(asBool(x), "int32"), axis, false),
  () => ({
    /** The axis, or axes, that are reduced. Defaults to all. */
    axis: axes(),
  }),
);

const position = () => ({
  /** The axis that is searched. Defaults to null: the tensor is flattened. */
  axis: int(null),
  /** Whether the axis stays, with size 1. Defaults to false. */
  keepdims: bool(false, { since: "3.3" }),
});

/** Where the largest is; the first of equals. Without an axis: in the flattened tensor. */
export const argmax = /* @__PURE__ */ unary(
  "numpy.Argmax",
  (x, options) => place("argmax", x, options),
  position,
);

/** Where the smallest is; the first of equals. */
export const argmin = /* @__PURE__ */ unary(
  "numpy.Argmin",
  (x, options) => place("argmin", x, options),
  position,
);

function place(
  which: "argmax" | "argmin",
  x: OperandLike,
  { axis, keepdims }: { axis: number | null; keepdims: boolean },
): Numeric {
  const operand = asOperand(x);
  const number = dtypeOf(operand) === "bool" ? asDType(operand, "int32") : operand;
  const rank = rankOf(number);
  if (axis !== null) return prim(which, [number], { axis: axisOf(axis, rank, which), keepdims });
  const found = prim(which, [reshapeTo(number, [-1])], { axis: 0, keepdims: false });
  return keepdims ? reshapeTo(found, new Array<number>(rank).fill(1)) : found;
}

export const amax = /* @__PURE__ */ unary(
  "numpy.Amax",
  (x, { axis, keepdims }) => extreme("max", x, axis, keepdims, null),
  reduction,
);

export const amin = /* @__PURE__ */ unary(
  "numpy.Amin",
  (x, { axis, keepdims }) => extreme("min", x, axis, keepdims, null),
  reduction,
);
