import type { Numeric, Operand } from "../program/emit.ts";
import { definer } from "../registry/class-of.ts";
import { Configurable } from "../registry/configurable.ts";

/** What adds a penalty on a variable or an output to a model's loss. */
export abstract class Regularizer extends Configurable {
  /** The penalty: one number. */
  abstract call(x: Operand): Numeric;
}

/** A function that is used as a regularizer. */
export type RegularizerFunction = (x: Operand) => Numeric;

/** The base of a regularizer class with these fields; the class defines `call`. */
export const defineRegularizer = /* @__PURE__ */ definer(Regularizer);

/** A regularizer class of Keras. */
export const kerasRegularizer = /* @__PURE__ */ definer(Regularizer, { module: "keras.regularizers" });
