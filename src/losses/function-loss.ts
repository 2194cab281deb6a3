import type { Fields } from "../fields/field.ts";
import { aString, nullable, optional } from "../fields/kinds.ts";
import { isOperand } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import { classOf, nameOf } from "../registry/class-of.ts";
import type { Constructor } from "../registry/configurable.ts";
import type { AnyTruthFunction } from "./function.ts";
import { type FunctionSettings, functionOptions } from "./function-options.ts";
import { Loss, lossFields } from "./loss.ts";
import { sameRank } from "./same-rank.ts";

/** A loss that is a function and its options. */
export abstract class FunctionLoss extends Loss {
  /** The function, and which fields are its options. */
  static readonly fn: AnyTruthFunction;
  static readonly optionKeys: readonly string[];

  declare readonly ["constructor"]: Loss["constructor"] & {
    readonly fn: AnyTruthFunction;
    readonly optionKeys: readonly string[];
  };

  override call(yTrue: Numeric, yPred: Numeric): Numeric {
    if (!isOperand(yTrue) || !isOperand(yPred))
      throw this.problem("expected a tensor of truths and one of predictions, received several.");
    const { fn, optionKeys } = this.constructor;
    const [truth, given] = sameRank(yTrue, yPred);
    return fn(truth, given, functionOptions(this, optionKeys));
  }
}

type None = Record<never, never>;

/** A loss class of Keras that is a function and its options: those are its fields, beside those of every loss. */
export function functionLoss<const Name extends string, const F extends Fields = None>(
  className: Name,
  fn: AnyTruthFunction,
  fields?: F,
  settings?: FunctionSettings,
): Constructor<typeof lossFields & F, FunctionLoss, Name>;
export function functionLoss(
  className: string,
  fn: AnyTruthFunction,
  own: Fields = {},
  { name = fn.name, unsaid = [] }: FunctionSettings = {},
): unknown {
  return classOf(FunctionLoss, {
    ...nameOf(className, { module: "keras.losses" }),
    fields: { ...lossFields, name: optional(nullable(aString), name), ...own },
    fn,
    optionKeys: Object.keys(own),
    unsaid: [...Loss.unsaid, ...unsaid],
  });
}
