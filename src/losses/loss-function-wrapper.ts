import type { Fields, OptionsOf } from "../fields/field.ts";
import { required } from "../fields/kinds.ts";
import type { JsonObject } from "../json/json.ts";
import { isOperand } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { FunctionOrOpaque } from "../registry/function-field.ts";
import { Loss, lossFields } from "./loss.ts";
import { sameRank } from "./same-rank.ts";
import { apart, aTruthFunction, callWith, together } from "./wrapped.ts";

const fields = {
  ...lossFields,
  /** The function: of truths, predictions and an object of the other options. */
  fn: required(aTruthFunction),
} satisfies Fields;

/** What {@link LossFunctionWrapper} takes, beside options of its function. */
export interface LossFunctionWrapperOptions extends OptionsOf<typeof fields> {}

/**
 * A function as a loss. All other options are given to the function, and written into the config. Where one of the two is
 * a column and the other a vector, they are brought to one rank before. Source: Keras 3.6 `losses/losses.py`.
 */
export class LossFunctionWrapper extends Loss {
  static override readonly className: string = "LossFunctionWrapper";
  static override readonly module: string | null = "keras.src.losses.losses";
  static override readonly registeredName: string | null = "LossFunctionWrapper";
  static override readonly fields: Fields = fields;

  declare readonly fn: FunctionOrOpaque;
  /** What the function is given beside truths and predictions. */
  readonly fnOptions: JsonObject;

  constructor(options: LossFunctionWrapperOptions) {
    const { own, rest } = apart(options, new.target.fields);
    super(own);
    this.fnOptions = rest;
  }

  override call(yTrue: Numeric, yPred: Numeric): Numeric {
    const isPair = isOperand(yTrue) && isOperand(yPred);
    const [truth, given] = isPair ? sameRank(yTrue, yPred) : [yTrue, yPred];
    return callWith(this.fn, truth, given, this.fnOptions, "loss");
  }

  override getConfig(): JsonObject {
    return together(super.getConfig(), this.fnOptions);
  }
}
