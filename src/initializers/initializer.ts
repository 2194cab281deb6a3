import type { Fields } from "../fields/field.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";
import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ClassSettings, classOf } from "./family.ts";

/** What fills a new variable. */
export abstract class Initializer extends Configurable {
  /** The values of a variable of this shape and dtype. */
  abstract create(shape: StaticShape, dtype: DType): Tensor;
}

/**
 * The base of an initializer class with these fields; the class defines `create`.
 *
 * @example
 * import { float } from "ceratops/fields";
 *
 * class Stripes extends defineInitializer("Stripes", { value: float(1) }, { package: "my_package" }) {
 *   override create(shape: readonly number[], dtype: DType): Tensor {
 *     const size = shape.reduce((product, dimension) => product * dimension, 1);
 *     return tensor(Float32Array.from({ length: size }, (_, i) => (i % 2) * this.value), { shape, dtype });
 *   }
 * }
 */
export function defineInitializer<const F extends Fields>(
  className: string,
  fields: F,
  settings: ClassSettings = {},
): Constructor<F, Initializer> {
  return classOf(Initializer, className, fields, settings);
}

/** An initializer class of Keras. */
export function kerasInitializer<const F extends Fields>(
  className: string,
  fields: F,
): Constructor<F, Initializer> {
  return classOf(Initializer, className, fields, { module: "keras.initializers" });
}
