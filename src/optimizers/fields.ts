import type { Fields } from "../fields/field.ts";
import { aFloatBetween, anInteger, aString, nullable, optional, refine } from "../fields/kinds.ts";
import { bool, float, positiveInt } from "../fields/shorthands.ts";
import { aLearningRate } from "./learning-rate.ts";

/** The first field: what the paths of an optimizer's variables begin with; null is made of the class's name. */
export function named(byDefault: string | null) {
  return optional(nullable(aString), byDefault);
}

/** The second field; what is held is in `givenRate`, since the rate changes. */
export function rate(byDefault: number) {
  return { ...optional(aLearningRate, byDefault), property: "givenRate" };
}

/** The fields every optimizer has behind its name and its learning rate. */
export const common = {
  /** How much of itself, times the learning rate, each variable loses in a step. Defaults to null, nothing. */
  weight_decay: float(null),
  /** The largest norm of the gradient of one variable. Defaults to null, any. */
  clipnorm: float(null),
  /** The largest norm of all gradients together. Defaults to null, any. */
  global_clipnorm: float(null),
  /** The largest absolute value in a gradient. Defaults to null, any. */
  clipvalue: float(null),
  /** Whether an exponential moving average of the variables is kept. Defaults to false. */
  use_ema: bool(false),
  /** How much of the average stays in each step, from 0 to 1. Defaults to 0.99. */
  ema_momentum: optional(aFloatBetween(0, 1), 0.99),
  /** After how many steps, each time, the average replaces the variables. Defaults to null, at the end alone. */
  ema_overwrite_frequency: positiveInt(null),
  /** What the loss is multiplied by, and the gradients are divided by. Defaults to null, 1. */
  loss_scale_factor: float(null),
  /** Of how many steps, at least 2, the gradients are averaged before the variables change. Defaults to null, of 1. */
  gradient_accumulation_steps: optional(
    nullable(refine(anInteger, "an integer of at least 2", (value) => value >= 2)),
    null,
  ),
} satisfies Fields;

/** How fast two moments of the gradients are forgotten. */
export const betas = {
  /** How much of the mean of the gradients stays in each step. Defaults to 0.9. */
  beta_1: float(0.9),
  /** How much of the mean of their squares stays. Defaults to 0.999. */
  beta_2: float(0.999),
};

/** What keeps a divisor from 0. */
export const epsilon = {
  /** What is added to a divisor. Defaults to 1e-7. */
  epsilon: float(1e-7),
};
