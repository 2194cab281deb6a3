import type { Fields } from "../fields/field.ts";
import { type ClassSettings, classOf } from "../initializers/family.ts";
import type { Operand, Result } from "../program/emit.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";

/** What a variable is made to fulfil after each step of training. */
export abstract class Constraint extends Configurable {
  /** The values that fulfil it. */
  abstract call(x: Operand): Result;
}

/** The base of a constraint class with these fields; the class defines `call`. */
export function defineConstraint<const F extends Fields>(
  className: string,
  fields: F,
  settings: ClassSettings = {},
): Constructor<F, Constraint> {
  return classOf(Constraint, className, fields, settings);
}

/** A constraint class of Keras. */
export function kerasConstraint<const F extends Fields>(
  className: string,
  fields: F,
): Constructor<F, Constraint> {
  return classOf(Constraint, className, fields, { module: "keras.constraints" });
}
