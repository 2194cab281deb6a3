import { bool, float } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { axesOf } from "./axes.ts";
import { unary } from "./define.ts";
import { dimension, dimensions, product, reshapeTo } from "./dimensions.ts";
import { type Axes, axes } from "./kinds.ts";
import { asDType, asFloat, asOperand, type OperandLike, rankOf } from "./operands.ts";

/** A number of an operand's dtype. */
function like(operand: Operand, value: number): Operand {
  return asDType(value, dtypeOf(operand));
}

/** `max(x, 0)`. */
export const relu = /* @__PURE__ */ unary("nn.Relu", (x) => prim("relu", [asOperand(x)]));

/** `max(x, 0)`, at most 6. */
export const relu6 = /* @__PURE__ */ unary("nn.Relu6", (x) =>
  prim("clamp", [asFloat(x)], { min: 0, max: 6 }),
);

export const sigmoid = /* @__PURE__ */ unary("nn.Sigmoid", (x) => prim("sigmoid", [asFloat(x)]));

/** `x · sigmoid(x)`. */
export const silu = /* @__PURE__ */ unary("nn.Silu", (x) => {
  const operand = asFloat(x);
  return prim("mul", [operand, prim("sigmoid", [operand])]);
});

/** `log(exp(x) + 1)`. */
export const softplus = /* @__PURE__ */ unary("nn.Softplus", (x) => softplusOf(asFloat(x)));

/** `x / (|x| + 1)`. */
export const softsign = /* @__PURE__ */ unary("nn.Softsign", (x) => {
  const operand = asFloat(x);
  return prim("div", [operand, prim("add", [prim("abs", [operand]), like(operand, 1)])]);
});

/** `log(sigmoid(x))`. */
export const logSigmoid = /* @__PURE__ */ unary("nn.LogSigmoid", (x) =>
  prim("neg", [softplusOf(prim("neg", [asFloat(x)]))]),
);

/** `x` where it is positive, else `negative_slope · x`. */
export const leakyRelu = /* @__PURE__ */ unary(
  "nn.LeakyRelu",
  (x, { negative_slope }) => prim("leaky_relu", [asFloat(x)], { slope: negative_slope }),
  () => ({
    /** The slope below 0. Defaults to 0.2. */
    negative_slope: float(0.2),
  }),
);

/** `(x + 3) / 6`, from 0 to 1. */
export const hardSigmoid = /* @__PURE__ */ unary("nn.HardSigmoid", (x) => hardSigmoidOf(asFloat(x)));

/** `x · hardSigmoid(x)`. */
export const hardSilu = /* @__PURE__ */ unary("nn.HardSilu", (x) => {
  const operand = asFloat(x);
  return prim("mul", [operand, hardSigmoidOf(operand)]);
});

/** `x` where it is positive, else `alpha · (exp(x) − 1)`. */
export const elu = /* @__PURE__ */ unary(
  "nn.Elu",
  (x, { alpha }) => eluOf(asFloat(x), alpha),
  () => ({
    /** The output goes down to `-alpha`. Defaults to 1. */
    alpha: float(1),
  }),
);

/** The scaled `elu` that keeps mean and variance. */
export const selu = /* @__PURE__ */ unary("nn.Selu", (x) => {
  const operand = asFloat(x);
  return prim("mul", [like(operand, SELU_SCALE), eluOf(operand, SELU_ALPHA)]);
});

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** `x` times the normal distribution at `x`; approximated by `tanh` unless told otherwise. */
export const gelu = /* @__PURE__ */ unary(
  "nn.Gelu",
  (x, { approximate }) => {
    const operand = asFloat(x);
    const gate = approximate ? tanhGate(operand) : erfGate(operand);
    return prim("mul", [prim("mul", [operand, like(operand, 0.5)]), prim("add", [gate, like(operand, 1)])]);
  },
  () => ({
    /** Whether it is computed by `tanh`, nearly right and faster. Defaults to true. */
    approximate: bool(true),
  }),
);

/** Positive numbers that add up to 1 along the axis (or axes). */
export const softmax = /* @__PURE__ */ unary(
  "nn.Softmax",
  (x, { axis }) => alongAxes("softmax", x, axis),
  () => ({
    /** The axis, or axes, along which the numbers add up to 1; null is all. Defaults to -1. */
    axis: axes(-1),
  }),
);

/** The logarithm of `softmax`. */
export const logSoftmax = /* @__PURE__ */ unary(
  "nn.LogSoftmax",
  (x, { axis }) => alongAxes("log_softmax", x, axis),
  () => ({
    /** The axis, or axes, along which the exponentials add up to 1; null is all. Defaults to -1. */
    axis: axes(-1),
  }),
);

function softplusOf(operand: Operand): Numeric {
  const positive = prim("relu", [operand]);
  const distance = prim("neg", [prim("abs", [operand])]);
  return prim("add", [positive, prim("log1p", [prim("exp", [distance])])]);
}

function hardSigmoidOf(operand: Operand): Numeric {
  const shifted = prim("add", [operand, like(operand, 3)]);
  return prim("div", [prim("clamp", [shifted], { min: 0, max: 6 }), like(operand, 6)]);
}

function eluOf(operand: Operand, alpha: number): Numeric {
  const isPositive = prim("gt", [operand, like(operand, 0)]);
  const bounded = prim("min", [operand, like(operand, 0)]);
  const bent = prim("expm1", [bounded]);
  return prim("select", [
    isPositive,
    operand,
    alpha === 1 ? bent : prim("mul", [bent, like(operand, alpha)]),
  ]);
}

function tanhGate(x: Operand): Numeric {
  const cubed = prim("mul", [prim("mul", [x, x]), x]);
  const inner = prim("add", [x, prim("mul", [cubed, like(x, 0.044715)])]);
  return prim("tanh", [prim("mul", [inner, like(x, Math.sqrt(2 / Math.PI))])]);
}

function erfGate(x: Operand): Numeric {
  return prim("erf", [prim("div", [x, like(x, Math.SQRT2)])]);
}

/** Along several axes: they are brought together as the last one, and put back. */
function alongAxes(primitive: "softmax" | "log_softmax", x: OperandLike, axis: Axes): Numeric {
  const operand = asFloat(x);
  const rank = rankOf(operand);
  const chosen = axesOf(axis, rank, primitive);
  if (chosen.length === 1) return prim(primitive, [operand], { axis: chosen[0]! });
  const others = Array.from({ length: rank }, (_, i) => i).filter((i) => !chosen.includes(i));
  const perm = [...others, ...chosen];
  const moved = prim("transpose", [operand], { perm });
  const outer = others.map((_, i) => dimension(moved, i));
  const inner = product(chosen.map((_, i) => dimension(moved, others.length + i)));
  const flat = prim(primitive, [reshapeTo(moved, [...outer, inner])], { axis: outer.length });
  const inverse = perm.map((_, i) => perm.indexOf(i));
  return prim("transpose", [reshapeTo(flat, dimensions(moved))], { perm: inverse });
}
