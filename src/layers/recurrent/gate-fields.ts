import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, floatBetween, int, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizers } from "../../regularizers/field.ts";

const first = {
  /** Size of the output and of each state. */
  units: positiveInt(),
  activation: activation("tanh"),
};

const gated = {
  ...first,
  /** Of the gates. */
  recurrent_activation: activation("sigmoid"),
};

const bias = { use_bias: bool(true) };

const weights = {
  kernel_initializer: initializer("glorot_uniform"),
  recurrent_initializer: initializer("orthogonal"),
  bias_initializer: initializer("zeros"),
  ...regularizers("kernel", "recurrent", "bias"),
  ...constraints("kernel", "recurrent", "bias"),
  /** Share of the inputs dropped in training, the same in all steps of a sequence. */
  dropout: floatBetween(0, 1)(0),
  /** Share of the state dropped in training. */
  recurrent_dropout: floatBetween(0, 1)(0),
};

const last = {
  /** Seed of the dropout. */
  seed: int(null),
};

/** The fields of a SimpleRNNCell, in the order of its config; its layer has most of them. */
export const simpleRnnFields = { ...first, ...bias, ...weights, ...last };

/** The fields of a GRUCell, in the order of its config; its layer has them too. */
export const gruFields = {
  ...gated,
  ...bias,
  ...weights,
  /** Whether the reset gate acts after the matrix product, with a bias of its own, or before it. */
  reset_after: bool(true),
  ...last,
};

/** The fields of an LSTMCell, in the order of its config; its layer has them too. */
export const lstmFields = {
  ...gated,
  ...bias,
  /** Whether the bias of the forget gate starts at 1. */
  unit_forget_bias: bool(true),
  ...weights,
  ...last,
};
