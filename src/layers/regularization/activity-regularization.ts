import type { OptionsOf } from "../../fields/field.ts";
import { float } from "../../fields/shorthands.ts";
import type { JsonObject } from "../../json/json.ts";
import type { Operand } from "../../program/emit.ts";
import { L1L2 } from "../../regularizers/index.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

const fields = {
  /** What the sum of the absolute values is multiplied by. Defaults to 0. */
  l1: float(0),
  /** What the sum of the squares is multiplied by. Defaults to 0. */
  l2: float(0),
};

/** What {@link ActivityRegularization} takes. */
export interface ActivityRegularizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Passes its input on, and adds a penalty on its size to the loss. Shape in is shape out.
 * Source: Keras 3.6 `layers/regularization/activity_regularization.py`.
 *
 * @example
 * const y = new ActivityRegularization({ l2: 0.01 }).apply(Input({ shape: [64] }));
 */
export class ActivityRegularization extends kerasLayer(
  "ActivityRegularization",
  fields,
)<ActivityRegularizationOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  constructor(options: ActivityRegularizationOptions = {}) {
    super(options);
    this.activity_regularizer = new L1L2({ l1: this.l1, l2: this.l2 });
  }

  override call(x: Operand): Operand {
    return x;
  }

  /** The penalty is written as its strengths. */
  override getConfig(): JsonObject {
    const config = super.getConfig();
    delete config.activity_regularizer;
    return config;
  }
}
