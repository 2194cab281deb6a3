import { aNumber, nullable, optional } from "../fields/kinds.ts";
import { float } from "../fields/shorthands.ts";
import { KerasTensor } from "../graph/graph.ts";
import { gelu as geluOp } from "../ops/activation.ts";
import { unary } from "../ops/define.ts";
import { exp } from "../ops/float-functions.ts";
import { asDType, asFloat, asOperand, asResult, type OperandLike } from "../ops/operands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";

export {
  elu,
  hardSigmoid,
  hardSilu,
  hardSilu as hardSwish,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  relu6,
  selu,
  sigmoid,
  silu,
  silu as swish,
  softmax,
  softplus,
  softsign,
} from "../ops/activation.ts";
export { tanh } from "../ops/float-functions.ts";
export {
  celu,
  glu,
  hardShrink,
  hardTanh,
  softShrink,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  tanhShrink,
  threshold,
} from "../ops/piecewise.ts";

/** `exp(x)`. */
export const exponential = exp;

/**
 * `max(x, 0)`; where asked: at most `max_value`, 0 up to `threshold`, and `negative_slope · (x − threshold)` below it.
 * Source: Keras 3.6 `activations/activations.py`, `ReLU`.
 */
export const relu = /* @__PURE__ */ unary(
  "keras.src.activations.activations.ReLU",
  (x, { negative_slope, max_value, threshold }) => {
    const operand = asOperand(x);
    if (negative_slope === 0) return upper(operand, max_value, threshold);
    if (max_value === null && threshold === 0)
      return prim("leaky_relu", [asFloat(operand)], { slope: negative_slope });
    const numbers = asFloat(operand);
    const like = (value: number) => asDType(value, dtypeOf(numbers));
    const below = prim("mul", [
      like(negative_slope),
      prim("relu", [prim("sub", [like(threshold), numbers])]),
    ]);
    return prim("sub", [asFloat(upper(operand, max_value, threshold)), below]);
  },
  () => ({
    /** The slope below the threshold. Defaults to 0. */
    negative_slope: float(0),
    /** The largest value that comes out. Defaults to none. */
    max_value: optional(nullable(aNumber), null),
    /** Inputs below it give 0, or follow the slope. Defaults to 0. */
    threshold: float(0),
  }),
);

/** The part above the threshold. */
function upper(x: Operand, max: number | null, threshold: number): Numeric {
  const like = (value: number) => asDType(value, dtypeOf(x));
  const bound = max === Number.POSITIVE_INFINITY ? null : max;
  const upTo = (of: Operand, most: number) => prim("clamp", [of], { min: 0, max: most });
  if (threshold === 0) return bound === null ? prim("relu", [x]) : upTo(x, bound);
  // What is no number stays none, as in Keras.
  const above = prim("mul", [x, asDType(prim("gt", [x, like(threshold)]), dtypeOf(x))]);
  return bound === null ? above : upTo(above, bound);
}

/** `x` itself. */
export function linear(x: KerasTensor): KerasTensor;
export function linear(x: OperandLike): Numeric;
export function linear(x: KerasTensor | OperandLike): KerasTensor | Numeric;
export function linear(x: KerasTensor | OperandLike): KerasTensor | Numeric {
  return x instanceof KerasTensor ? x : asResult(asOperand(x));
}

interface GeluOptions {
  /** Whether it is computed by `tanh`, nearly right and faster. Defaults to false. */
  readonly approximate?: boolean;
}

/** `x` times the normal distribution at `x`; exact unless `approximate` (by `tanh`) is asked for. */
export function gelu(x: KerasTensor, options?: GeluOptions): KerasTensor;
export function gelu(x: OperandLike, options?: GeluOptions): Numeric;
export function gelu(x: KerasTensor | OperandLike, options?: GeluOptions): KerasTensor | Numeric;
export function gelu(x: KerasTensor | OperandLike, { approximate = false } = {}): KerasTensor | Numeric {
  return geluOp(x, { approximate });
}

/** `x · tanh(softplus(x))`. */
export const mish = /* @__PURE__ */ unary("keras.src.activations.activations.Mish", (x) => {
  const operand = asFloat(x);
  const distance = prim("neg", [prim("abs", [operand])]);
  const softplus = prim("add", [prim("relu", [operand]), prim("log1p", [prim("exp", [distance])])]);
  return prim("mul", [operand, prim("tanh", [softplus])]);
});
