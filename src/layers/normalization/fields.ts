import { constraints } from "../../constraints/field.ts";
import { bool, float } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizers } from "../../regularizers/field.ts";

/** What is done beside subtracting the mean. */
export const scaleAndCenter = {
  /** Added to the variance, against division by 0. */
  epsilon: float(0.001),
  /** Whether there is an offset `beta`. */
  center: bool(true),
  /** Whether there is a scale `gamma`. */
  scale: bool(true),
};

/** What the weights are at first. */
export const betaAndGamma = {
  beta_initializer: initializer("zeros"),
  gamma_initializer: initializer("ones"),
};

/** What holds for the weights in training. */
export const weightRules = { ...regularizers("beta", "gamma"), ...constraints("beta", "gamma") };
