import type { Fields } from "../fields/field.ts";
import { type ClassSettings, classOf } from "../initializers/family.ts";
import type { Operand, Result } from "../program/emit.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";

/** What adds a penalty on a variable or an output to a model's loss. */
export abstract class Regularizer extends Configurable {
  /** The penalty: one number. */
  abstract call(x: Operand): Result;
}

/** The base of a regularizer class with these fields; the class defines `call`. */
export function defineRegularizer<const F extends Fields>(
  className: string,
  fields: F,
  settings: ClassSettings = {},
): Constructor<F, Regularizer> {
  return classOf(Regularizer, className, fields, settings);
}

/** A regularizer class of Keras. */
export function kerasRegularizer<const F extends Fields>(
  className: string,
  fields: F,
): Constructor<F, Regularizer> {
  return classOf(Regularizer, className, fields, { module: "keras.regularizers" });
}
