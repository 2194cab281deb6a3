import { constraint } from "../../constraints/field.ts";
import { bool, float } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizer } from "../../regularizers/field.ts";

/** What is done beside subtracting the mean. */
export const scaleAndCenter = {
  /** Added to the variance, against division by 0. Defaults to 0.001. */
  epsilon: float(0.001),
  /** Whether a learned offset, `beta`, is added. Defaults to true. */
  center: bool(true),
  /** Whether the result is multiplied by a learned scale, `gamma`. Defaults to true. */
  scale: bool(true),
};

/** What the weights are at first. */
export const betaAndGamma = {
  /** What the offset is filled with when it is made. Defaults to "zeros". */
  beta_initializer: initializer("zeros"),
  /** What the scale is filled with when it is made. Defaults to "ones". */
  gamma_initializer: initializer("ones"),
};

/** What holds for the weights in training. */
export const weightRules = {
  /** The penalty on the offset that training adds to the loss. Defaults to none. */
  beta_regularizer: regularizer(),
  /** The penalty on the scale that training adds to the loss. Defaults to none. */
  gamma_regularizer: regularizer(),
  /** What the offset is made to fulfil after each step of training. Defaults to none. */
  beta_constraint: constraint(),
  /** What the scale is made to fulfil after each step of training. Defaults to none. */
  gamma_constraint: constraint(),
};
