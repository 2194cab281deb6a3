/**
 * What the record of a layer, an initializer or another class with a config is made of. A field says what a value of
 * the config may be, what it is when nobody gives one, and how it is written.
 *
 * @example
 * import { choice, initializer, positiveInt } from "ceratops/fields";
 * import { layer } from "ceratops/layers";
 *
 * class Pooled extends layer("Pooled", {
 *   units: positiveInt(), // must be given
 *   reduction: choice("mean", "max")("mean"), // "mean" where it is not given
 *   cutoff: positiveInt(null), // an integer or null
 *   kernel_initializer: initializer("glorot_uniform"),
 * }) {}
 *
 * const reduction = new Pooled({ units: 3 }).reduction; // "mean"
 */

// The members of families
export { activation } from "./activations/field.ts";
export { constraint, constraints } from "./constraints/field.ts";
// What a field is
export type { Field, FieldSettings, Fields, OptionsOf, ValuesOf } from "./fields/field.ts";
// Numbers, strings, shapes
export {
  bool,
  choice,
  float,
  floatBetween,
  int,
  integers,
  number,
  opaque,
  positiveFloat,
  positiveInt,
  type Shorthand,
  shape,
  size,
  string,
} from "./fields/shorthands.ts";
export { initializer } from "./initializers/field.ts";
export { layer as sublayer } from "./layers/layer-field.ts";
export { regularizer, regularizers } from "./regularizers/field.ts";
