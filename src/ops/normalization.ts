import type { ValuesOf } from "../fields/field.ts";
import { aFloat, nullable, optional } from "../fields/kinds.ts";
import { float, int, positiveInt } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { batchNormPrim } from "../program/rules/batch-norm.ts";
import { axisOf } from "./axes.ts";
import { defineOp, type Op, type TensorLike, unary } from "./define.ts";
import { dimension, filled } from "./dimensions.ts";
import { axes } from "./kinds.ts";
import {
  asDType,
  asFloat,
  floatDType,
  type NumberList,
  type OperandLike,
  promote,
  rankOf,
} from "./operands.ts";
import { reduce } from "./reduction.ts";
import { operand as operandKind } from "./value-kinds.ts";

type Given = OperandLike | NumberList;
type Symbolic = TensorLike | NumberList;

/** Settings of `batchNormalization`. */
export interface BatchNormalizationOptions<T = OperandLike> {
  /** The axis that the statistics are along. */
  readonly axis: number;
  /** What is added at the end, along the axis. Defaults to none. */
  readonly offset?: T | null;
  /** What the result is multiplied by, along the axis. Defaults to none. */
  readonly scale?: T | null;
  /** Added to the variance, against division by 0. Defaults to 0.001. */
  readonly epsilon?: number;
}

/** An op that normalizes by statistics. */
export interface BatchNormalizationOp extends Op {
  (x: OperandLike, mean: Given, variance: Given, options: BatchNormalizationOptions): Numeric;
  (
    x: TensorLike,
    mean: Symbolic,
    variance: Symbolic,
    options: BatchNormalizationOptions<TensorLike>,
  ): KerasTensor | Numeric;
}

/** `(x − mean) / √(variance + epsilon) · scale + offset`; the statistics are vectors along `axis`. */
export const batchNormalization = /* @__PURE__ */ defineOp<BatchNormalizationOp>({
  path: "nn.BatchNorm",
  tensors: ["x", "mean", "variance"],
  positional: ["offset", "scale"],
  fields: batchNormalizationFields,
  compute: (
    x: OperandLike,
    mean: OperandLike,
    variance: OperandLike,
    { axis, offset, scale, epsilon }: ValuesOf<ReturnType<typeof batchNormalizationFields>>,
  ) => {
    const given = [x, mean, variance, ...[scale, offset].filter((each) => each !== null)];
    const [operand, center, spread] = promote(given, floatDType) as [Operand, Operand, Operand];
    const dtype = dtypeOf(operand);
    const size = [dimension(center, 0)];
    const factors = scale === null ? filled(size, 1, dtype) : asDType(scale, dtype);
    const shift = offset === null ? filled(size, 0, dtype) : asDType(offset, dtype);
    const attributes = { axis: axisOf(axis, rankOf(operand), "batchNormalization"), epsilon };
    return batchNormPrim("batch_norm", [operand, center, spread, factors, shift], attributes);
  },
});

function batchNormalizationFields() {
  return {
    axis: int(),
    offset: optional(nullable(operandKind), null),
    scale: optional(nullable(operandKind), null),
    epsilon: float(1e-3),
  };
}

/** Divided by its norm of some order along axes; a norm below `epsilon` counts as that. */
export const normalize = /* @__PURE__ */ unary(
  "nn.Normalize",
  (x, { axis, order, epsilon }) => {
    const operand = asFloat(x);
    const least = epsilon ?? 1e-7;
    const like = (value: number) => asDType(value, dtypeOf(operand));
    if (order === 2) {
      const total = reduce("reduce_sum", prim("mul", [operand, operand]), axis, true);
      return prim("mul", [operand, prim("min", [prim("rsqrt", [total]), like(1 / least)])]);
    }
    const powers = prim("pow", [prim("abs", [operand]), like(order)]);
    const norm = prim("pow", [reduce("reduce_sum", powers, axis, true), like(1 / order)]);
    return prim("div", [operand, prim("max", [norm, like(least)])]);
  },
  () => ({
    /** The axis, or axes, of a vector. Defaults to -1. */
    axis: axes(-1),
    /** The order of the norm. Defaults to 2. */
    order: positiveInt(2),
    /** The least norm that is divided by. Defaults to 1e-7. */
    epsilon: optional(nullable(aFloat), null, { since: "3.6" }),
  }),
);
