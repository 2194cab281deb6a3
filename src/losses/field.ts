import { familyOf, type Identifier, type NamesOf } from "../registry/family.ts";
import { type MemberClass, objectsOf } from "../registry/members.ts";
import * as classes from "./classes.ts";
import type { AnyTruthFunction } from "./function.ts";
import { lossFunctions } from "./functions/table.ts";
import { Loss } from "./loss.ts";
import { LossFunctionWrapper } from "./loss-function-wrapper.ts";

const aliases = {
  bce: "binary_crossentropy",
  BCE: "binary_crossentropy",
  kld: "kl_divergence",
  KLD: "kl_divergence",
  mae: "mean_absolute_error",
  MAE: "mean_absolute_error",
  mse: "mean_squared_error",
  MSE: "mean_squared_error",
  mape: "mean_absolute_percentage_error",
  MAPE: "mean_absolute_percentage_error",
  msle: "mean_squared_logarithmic_error",
  MSLE: "mean_squared_logarithmic_error",
};

/** The names of Keras's losses. */
export type LossName = NamesOf<typeof classes> | keyof typeof classes | keyof typeof aliases;

/** What stands for a loss: its name (`"mse"`), an instance, a class, a function, an envelope. */
export type LossLike = Identifier<Loss, LossName> | AnyTruthFunction;

const family = /* @__PURE__ */ familyOf<"loss", LossLike, Loss>({
  kind: "loss",
  expected: "a loss, the name of one, or a function",
  classes: { ...classes, LossFunctionWrapper } as unknown as Readonly<Record<string, MemberClass<Loss>>>,
  functions: lossFunctions,
  aliases,
  // As where Keras compiles a model with a function.
  members: objectsOf(Loss, "call", (fn, name) => new LossFunctionWrapper({ fn, name })),
});

/** A field that holds a loss or null. */
export const loss = family.field;

/**
 * The loss that an identifier stands for; null for null. A function, also one that is named, becomes a loss of that name.
 *
 * @example
 * const loss = getLoss("mse").apply(tensor([[0, 1]]), tensor([[0, 3]]));
 */
export const getLoss = family.get;
