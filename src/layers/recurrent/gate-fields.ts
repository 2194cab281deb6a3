import { activation } from "../../activations/field.ts";
import { constraint } from "../../constraints/field.ts";
import { bool, floatBetween, positiveInt, seed } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizer } from "../../regularizers/field.ts";

const first = {
  /** Size of the output and of each state. */
  units: positiveInt(),
  /** The function that is applied to what is fed back. Defaults to "tanh". */
  activation: activation("tanh"),
};

const gated = {
  ...first,
  /** The function that is applied to the gates. Defaults to "sigmoid". */
  recurrent_activation: activation("sigmoid"),
};

const bias = {
  /** Whether a bias is added. Defaults to true. */
  use_bias: bool(true),
};

const weights = {
  /** What the kernel for the inputs is filled with when it is made. Defaults to "glorot_uniform". */
  kernel_initializer: initializer("glorot_uniform"),
  /** What the kernel for the state is filled with when it is made. Defaults to "orthogonal". */
  recurrent_initializer: initializer("orthogonal"),
  /** What the bias is filled with when it is made. Defaults to "zeros". */
  bias_initializer: initializer("zeros"),
  /** The penalty on the kernel for the inputs that training adds to the loss. Defaults to none. */
  kernel_regularizer: regularizer(),
  /** The penalty on the kernel for the state that training adds to the loss. Defaults to none. */
  recurrent_regularizer: regularizer(),
  /** The penalty on the bias that training adds to the loss. Defaults to none. */
  bias_regularizer: regularizer(),
  /** What the kernel for the inputs is made to fulfil after each step of training. Defaults to none. */
  kernel_constraint: constraint(),
  /** What the kernel for the state is made to fulfil after each step of training. Defaults to none. */
  recurrent_constraint: constraint(),
  /** What the bias is made to fulfil after each step of training. Defaults to none. */
  bias_constraint: constraint(),
  /** The share of the inputs, from 0 to 1, dropped in training; the same ones in all steps. Defaults to 0. */
  dropout: floatBetween(0, 1)(0),
  /** The share of the state, from 0 to 1, dropped in training; the same ones in all steps. Defaults to 0. */
  recurrent_dropout: floatBetween(0, 1)(0),
};

const last = {
  /** What makes the dropout reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(null),
};

/** The fields of a SimpleRNNCell, in the order of its config; its layer has most of them. */
export const simpleRnnFields = { ...first, ...bias, ...weights, ...last };

/** The fields of a GRUCell, in the order of its config; its layer has them too. */
export const gruFields = {
  ...gated,
  ...bias,
  ...weights,
  /** Whether the reset gate acts after the matrix product, with a bias of its own, or before it. Defaults to true. */
  reset_after: bool(true),
  ...last,
};

/** The fields of an LSTMCell, in the order of its config; its layer has them too. */
export const lstmFields = {
  ...gated,
  ...bias,
  /** Whether the bias of the forget gate starts at 1. Defaults to true. */
  unit_forget_bias: bool(true),
  ...weights,
  ...last,
};
