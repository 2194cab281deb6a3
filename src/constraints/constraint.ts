import type { Numeric, Operand } from "../program/emit.ts";
import { definer } from "../registry/class-of.ts";
import { Configurable } from "../registry/configurable.ts";

/** What a variable is made to fulfil after each step of training. */
export abstract class Constraint extends Configurable {
  /** The values that fulfil it. */
  abstract call(x: Operand): Numeric;
}

/** A function that is used as a constraint. */
export type ConstraintFunction = (x: Operand) => Numeric;

/** The base of a constraint class with these fields; the class defines `call`. */
export const defineConstraint = /* @__PURE__ */ definer(Constraint);

/** A constraint class of Keras. */
export const kerasConstraint = /* @__PURE__ */ definer(Constraint, { module: "keras.constraints" });
