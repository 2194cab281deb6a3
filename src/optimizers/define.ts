import type { Fields, OptionsOf } from "../fields/field.ts";
import { type ClassSettings, classOf, nameOf } from "../registry/class-of.ts";
import type { Constructor } from "../registry/configurable.ts";
import { common, named, rate } from "./fields.ts";
import { Optimizer } from "./optimizer.ts";

const ownFields = {
  /** A name, which the paths of its variables begin with. Defaults to null, one made of the class's. */
  name: named(null),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
};

/** What every optimizer takes. */
export interface OptimizerOptions extends OptionsOf<typeof ownFields> {}

/**
 * The base of an optimizer class with these fields beside those that every optimizer has; the class defines `updateStep`.
 * Its `learning_rate` defaults to 0.001.
 *
 * @example
 * import { float } from "ceratops/fields";
 * import { multiply, subtract, type Numeric } from "ceratops/ops";
 *
 * class Scaled extends defineOptimizer("Scaled", { factor: float(2) }, { package: "my_package" }) {
 *   override updateStep(gradient: Numeric, variable: Variable, learningRate: Numeric) {
 *     this.assign(variable, subtract(variable, multiply(multiply(gradient, learningRate), this.factor)));
 *   }
 * }
 */
export function defineOptimizer<const Name extends string, const F extends Fields>(
  className: Name,
  fields: F,
  settings?: ClassSettings,
): Constructor<typeof ownFields & F, Optimizer, Name>;
export function defineOptimizer(className: string, fields: Fields, settings: ClassSettings = {}): unknown {
  return classOf(Optimizer, { ...nameOf(className, settings), fields: { ...ownFields, ...fields } });
}

/** An optimizer class of Keras, with these fields and no others; on a base, if some do much alike. */
export function kerasOptimizer<
  const Name extends string,
  const F extends Fields,
  Base extends Optimizer = Optimizer,
>(className: Name, fields: F, base?: abstract new (options: object) => Base): Constructor<F, Base, Name>;
export function kerasOptimizer(
  className: string,
  fields: Fields,
  base: abstract new (options: object) => Optimizer = Optimizer,
): unknown {
  return classOf(base, { ...nameOf(className, { module: "keras.optimizers" }), fields });
}
