import { aFloat, nullable, optional } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { axesOf } from "./axes.ts";
import { unary } from "./define.ts";
import { dimension, reshapeTo } from "./dimensions.ts";
import { axes } from "./kinds.ts";
import { asDType, asOperand, type OperandLike, rankOf } from "./operands.ts";
import { moments, reduce } from "./reduction.ts";
import { operand as operandKind } from "./value-kinds.ts";
import { variance } from "./variance.ts";

const aFactor = () => optional(nullable(operandKind), null);
const epsilonField = () => optional(nullable(aFloat), null);

/** Moved and scaled to mean 0 and variance 1 along axes, then times `gamma` plus `beta`. Computed in float32 or more. */
export const layerNormalization = /* @__PURE__ */ unary(
  "nn.LayerNorm",
  (given, { gamma, beta, axis, epsilon, rms_scaling }) => {
    const x = wide(given);
    const over = axesOf(axis, rankOf(x), "layerNormalization");
    const factor = (of: Operand | null) => (of === null ? null : alongAxes(asDType(of, dtypeOf(x)), x, over));
    const least = asDType(epsilon ?? EPSILON, dtypeOf(x));
    const [mean, spread] = rms_scaling
      ? [null, variance(x, { axis: over, keepdims: true })]
      : (moments(x, { axes: over, keepdims: true }) as [Numeric, Numeric]);
    const inverse = prim("rsqrt", [prim("add", [spread as Numeric, least])]);
    const [scale, offset] = [factor(gamma), factor(beta)];
    const scaled = scale === null ? inverse : prim("mul", [inverse, scale]);
    let result = prim("mul", [x, scaled]);
    if (mean !== null) result = prim("sub", [result, prim("mul", [mean, scaled])]);
    if (offset !== null && mean !== null) result = prim("add", [result, offset]);
    return asDType(result, dtypeOf(asOperand(given)));
  },
  () => ({
    /** What the result is multiplied by. Defaults to none. */
    gamma: aFactor(),
    /** What is added to it. Defaults to none. */
    beta: aFactor(),
    /** The axis, or axes, along which it is normalized. Defaults to -1. */
    axis: axes(-1),
    /** Added to the variance, against division by 0. Defaults to 1e-7. */
    epsilon: epsilonField(),
    /** Whether it is only scaled, by the variance, as Keras used to. Defaults to false. */
    rms_scaling: bool(false),
  }),
  { positional: ["gamma", "beta"] },
);

/** Divided by the root of the mean square along axes, then times `scale`. Computed in float32 or more. */
export const rmsNormalization = /* @__PURE__ */ unary(
  "nn.RMSNorm",
  (given, { scale, axis, epsilon }) => {
    const x = wide(given);
    const over = axesOf(axis, rankOf(x), "rmsNormalization");
    const square = reduce("reduce_mean", prim("mul", [x, x]), over, true);
    const inverse = prim("rsqrt", [prim("add", [square, asDType(epsilon ?? EPSILON, dtypeOf(x))])]);
    const result = prim("mul", [x, inverse]);
    const scaled = scale === null ? result : prim("mul", [result, asDType(scale, dtypeOf(x))]);
    return asDType(scaled, dtypeOf(asOperand(given)));
  },
  () => ({
    /** What the result is multiplied by. Defaults to none. */
    scale: aFactor(),
    /** The axis, or axes, along which it is normalized. Defaults to -1. */
    axis: axes(-1),
    /** Added to the mean square, against division by 0. Defaults to 1e-7. */
    epsilon: epsilonField(),
  }),
  { call: ["scale"] },
);

const EPSILON = 1e-7;

/** In float32 or more. */
function wide(x: OperandLike): Operand {
  const operand = asOperand(x);
  return asDType(operand, dtypeOf(operand) === "float64" ? "float64" : "float32");
}

/** A factor whose dimensions are those of some axes, in the rank of `x`. */
function alongAxes(factor: Operand, x: Operand, over: readonly number[]): Operand {
  const rank = rankOf(x);
  if (rankOf(factor) === rank || (over.length === 1 && over[0] === rank - 1)) return factor;
  const shape = Array.from({ length: rank }, (_, i) => (over.includes(i) ? dimension(x, i) : 1));
  return reshapeTo(factor, shape);
}
