import { aFloat, nullable, optional } from "../fields/kinds.ts";
import { positiveInt } from "../fields/shorthands.ts";
import { checkOptions } from "../json/check-options.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { batchNormPrim } from "../program/rules/batch-norm.ts";
import { axisOf } from "./axes.ts";
import { unary } from "./define.ts";
import { dimension, filled } from "./dimensions.ts";
import { axes } from "./kinds.ts";
import { asDType, asFloat, type OperandLike, rankOf } from "./operands.ts";
import { reduce } from "./reduction.ts";

/** Settings of `batchNormalization`. */
export interface BatchNormalizationOptions {
  /** The axis that the statistics are along. */
  readonly axis: number;
  /** What is added at the end, along the axis. Defaults to none. */
  readonly offset?: OperandLike | null;
  /** What the result is multiplied by, along the axis. Defaults to none. */
  readonly scale?: OperandLike | null;
  /** Added to the variance, against division by 0. Defaults to 0.001. */
  readonly epsilon?: number;
}

/** `(x − mean) / √(variance + epsilon) · scale + offset`; the statistics are vectors along `axis`. For values only. */
export function batchNormalization(
  x: OperandLike,
  mean: OperandLike,
  variance: OperandLike,
  options: BatchNormalizationOptions,
): Numeric {
  checkOptions("batchNormalization", options, { axis: true, offset: true, scale: true, epsilon: true });
  const { axis, offset = null, scale = null, epsilon = 1e-3 } = options;
  const operand = asFloat(x);
  const dtype = dtypeOf(operand);
  const center = asDType(mean, dtype);
  const size = [dimension(center, 0)];
  const factors = scale === null ? filled(size, 1, dtype) : asDType(scale, dtype);
  const shift = offset === null ? filled(size, 0, dtype) : asDType(offset, dtype);
  const attributes = { axis: axisOf(axis, rankOf(operand), "batchNormalization"), epsilon };
  return batchNormPrim("batch_norm", [operand, center, asDType(variance, dtype), factors, shift], attributes);
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
    epsilon: optional(nullable(aFloat), null),
  }),
);
