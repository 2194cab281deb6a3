import { aNumber, nullable, optional } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { axesOf } from "./axes.ts";
import { unary } from "./define.ts";
import { type Dimension, dimension, reshapeTo } from "./dimensions.ts";
import { type Axes, axes } from "./kinds.ts";
import { asBool, asDType, asOperand, asResult, type OperandLike, promote, rankOf } from "./operands.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

export const reduction = () => ({
  /** The axis, or axes, that are reduced. Defaults to all. */
  axis: axes(),
  /** Whether reduced axes stay, with size 1. Defaults to false. */
  keepdims: bool(false),
});
const withInitial = () => ({
  ...reduction(),
  /** A value that counts as one more element. Defaults to none. */
  initial: optional(nullable(aNumber), null),
});

type ReductionName =
  | "reduce_sum"
  | "reduce_mean"
  | "reduce_prod"
  | "reduce_max"
  | "reduce_min"
  | "reduce_any"
  | "reduce_all";

/** Reduces over axes; null is all of them. */
export function reduce(primitive: ReductionName, operand: Operand, axis: Axes, keepdims: boolean): Numeric {
  const list = axesOf(axis, rankOf(operand), primitive);
  return list.length === 0 ? asResult(operand) : prim(primitive, [operand], { axes: list, keepdims });
}

/** The sum. Small integers and booleans are added up as 32-bit integers. */
export const sum = /* @__PURE__ */ unary(
  "numpy.Sum",
  (x, { axis, keepdims }) => reduce("reduce_sum", widened(x), axis, keepdims),
  reduction,
);

/** The product. Small integers and booleans are multiplied as 32-bit integers. */
export const prod = /* @__PURE__ */ unary(
  "numpy.Prod",
  (x, { axis, keepdims, dtype }) =>
    reduce("reduce_prod", dtype ? asDType(asOperand(x), dtype) : widened(x), axis, keepdims),
  () => ({
    ...reduction(),
    /** The dtype of the result. Defaults to that of the tensor, wide enough. */
    dtype: dtypeField(null),
  }),
);

/** The mean, in floats. */
export const mean = /* @__PURE__ */ unary(
  "numpy.Mean",
  (x, { axis, keepdims }) => meanOf(asOperand(x), axis, keepdims),
  reduction,
);

/** The largest; `initial` is what it is at least. */
export const max = /* @__PURE__ */ unary(
  "numpy.Max",
  (x, { axis, keepdims, initial }) => extreme("max", x, axis, keepdims, initial),
  withInitial,
);

/** The smallest; `initial` is what it is at most. */
export const min = /* @__PURE__ */ unary(
  "numpy.Min",
  (x, { axis, keepdims, initial }) => extreme("min", x, axis, keepdims, initial),
  withInitial,
);

/** Whether any is true. */
export const any = /* @__PURE__ */ unary(
  "numpy.Any",
  (x, { axis, keepdims }) => reduce("reduce_any", asBool(x), axis, keepdims),
  reduction,
);

/** Whether all are true. */
export const all = /* @__PURE__ */ unary(
  "numpy.All",
  (x, { axis, keepdims }) => reduce("reduce_all", asBool(x), axis, keepdims),
  reduction,
);

const momentsFields = () => ({
  /** The axis, or axes, that are reduced. Defaults to all. */
  axes: axes(),
  /** Whether reduced axes stay, with size 1. Defaults to false. */
  keepdims: falsy(),
  /** Whether replicas share it, kept as data. Defaults to false. */
  synchronized: falsy(),
});

/** Mean and variance over the axes. */
export const moments = /* @__PURE__ */ unary<
  ReturnType<typeof momentsFields>,
  [mean: KerasTensor, variance: KerasTensor],
  [mean: Numeric, variance: Numeric]
>(
  "nn.Moments",
  (x, { axes: over, keepdims }) => {
    const operand = asOperand(x);
    const [first, second] = momentsOf(operand, over, keepdims);
    return [asDType(first, dtypeOf(operand)), asDType(second, dtypeOf(operand))];
  },
  momentsFields,
);

function falsy() {
  return bool(false);
}

/** Sums of booleans and small integers are taken as 32-bit integers. */
function widened(x: OperandLike): Operand {
  const operand = asOperand(x);
  const wider: Partial<Record<DType, DType>> = {
    bool: "int32",
    int8: "int32",
    int16: "int32",
    uint8: "uint32",
    uint16: "uint32",
  };
  return asDType(operand, wider[dtypeOf(operand)] ?? dtypeOf(operand));
}

/** What a mean of this dtype is computed in: half floats as float32. */
function computed(operand: Operand): Operand {
  const own = dtypeOf(operand);
  return asDType(operand, own === "float64" ? own : "float32");
}

export function resultDType(operand: Operand): DType {
  const own = dtypeOf(operand);
  return isFloat(own) ? own : "float32";
}

function meanOf(operand: Operand, axis: Axes, keepdims: boolean): Numeric {
  return asDType(reduce("reduce_mean", computed(operand), axis, keepdims), resultDType(operand));
}

/** Mean and variance, half floats as float32. */
export function momentsOf(
  operand: Operand,
  axis: Axes,
  keepdims: boolean,
): [mean: Numeric, variance: Numeric] {
  const x = computed(operand);
  const center = reduce("reduce_mean", x, axis, true);
  const distance = prim("sub", [x, center]);
  const spread = reduce("reduce_mean", prim("mul", [distance, distance]), axis, keepdims);
  return [keepdims ? center : without(center, axesOf(axis, rankOf(x), "moments")), spread];
}

export function extreme(
  which: "max" | "min",
  x: OperandLike,
  axis: Axes,
  keepdims: boolean,
  initial: number | null,
): Numeric {
  const operand = asOperand(x);
  const isBool = dtypeOf(operand) === "bool";
  const boolean = which === "max" ? "reduce_any" : "reduce_all";
  const result = reduce(isBool ? boolean : `reduce_${which}`, operand, axis, keepdims);
  return initial === null ? result : prim(which, promote([result, initial]));
}

/** Drops axes of size 1. */
export function without(x: Numeric, dropped: readonly number[]): Numeric {
  const kept = x.shape.map((_, i) => i).filter((i) => !dropped.includes(i));
  return reshapeTo(
    x,
    kept.map((i): Dimension => dimension(x, i)),
  );
}
