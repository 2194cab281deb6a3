import type { Fields } from "../../fields/field.ts";
import type { OperandLike } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { definer } from "../../registry/class-of.ts";
import { Configurable } from "../../registry/configurable.ts";

/**
 * A learning rate that depends on how many steps were made. A subclass defines `call`, written with `ops`, so that it
 * also runs in a traced Program. Source: Keras 3.6 `optimizers/schedules/learning_rate_schedule.py`.
 *
 * @example
 * import { divide, sqrt, type Numeric } from "ceratops/ops";
 *
 * class Slower extends LearningRateSchedule {
 *   override call(step: Numeric) {
 *     return divide(0.1, sqrt(step));
 *   }
 * }
 */
export abstract class LearningRateSchedule extends Configurable {
  static override readonly fields: Fields = {};

  /** The learning rate, a float32 scalar, after so many steps, an integer scalar. */
  abstract call(step: OperandLike): Numeric;
}

/**
 * The base of a class of schedules with these fields; the class defines `call`.
 *
 * @example
 * import { float } from "ceratops/fields";
 * import { divide, sqrt, type Numeric } from "ceratops/ops";
 *
 * class Slower extends defineSchedule("Slower", { from: float(0.1) }, { package: "my_package" }) {
 *   override call(step: Numeric) {
 *     return divide(this.from, sqrt(step));
 *   }
 * }
 */
export const defineSchedule = /* @__PURE__ */ definer(LearningRateSchedule);

/** A class of schedules of Keras. */
export const kerasSchedule = /* @__PURE__ */ definer(LearningRateSchedule, {
  module: "keras.optimizers.schedules",
});
