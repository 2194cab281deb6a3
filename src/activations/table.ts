import type { Activation } from "./activation.ts";
import * as functions from "./functions.ts";

const table = {
  elu: functions.elu,
  exponential: functions.exponential,
  gelu: functions.gelu,
  hard_sigmoid: functions.hardSigmoid,
  hard_silu: functions.hardSilu,
  leaky_relu: functions.leakyRelu,
  linear: functions.linear,
  log_softmax: functions.logSoftmax,
  mish: functions.mish,
  relu: functions.relu,
  relu6: functions.relu6,
  selu: functions.selu,
  sigmoid: functions.sigmoid,
  silu: functions.silu,
  softmax: functions.softmax,
  softplus: functions.softplus,
  softsign: functions.softsign,
  tanh: functions.tanh,
  celu: functions.celu,
  glu: functions.glu,
  hard_shrink: functions.hardShrink,
  hard_tanh: functions.hardTanh,
  log_sigmoid: functions.logSigmoid,
  soft_shrink: functions.softShrink,
  sparse_plus: functions.sparsePlus,
  sparse_sigmoid: functions.sparseSigmoid,
  sparsemax: functions.sparsemax,
  squareplus: functions.squareplus,
  tanh_shrink: functions.tanhShrink,
  swish: functions.silu,
  hard_swish: functions.hardSilu,
} satisfies Record<string, Activation>;

/** The names of Keras's activations. */
export type ActivationName = keyof typeof table;

/** Keras's activations by the names that configs have for them; aliases come last. */
export const names: Readonly<Record<string, Activation>> = table;
