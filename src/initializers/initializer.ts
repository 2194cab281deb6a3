import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { definer } from "../registry/class-of.ts";
import { Configurable } from "../registry/configurable.ts";
import type { Draw } from "../tensor/draw.ts";
import { type DType, isNumericDType } from "../tensor/dtype.ts";
import { isStaticShape, type StaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What fills a new variable. */
export abstract class Initializer extends Configurable {
  /** The values of a variable of this shape and dtype. */
  abstract create(shape: StaticShape, dtype: DType): Tensor;

  /**
   * The same values, or how they are drawn where that can be done in parts.
   *
   * @internal
   */
  begin(shape: StaticShape, dtype: DType): Tensor | Draw {
    return this.create(shape, dtype);
  }
}

/** Complains about what is no shape or no dtype of a variable. */
export function checkWanted(initializer: Initializer, shape: unknown, dtype: unknown): void {
  const { className } = initializer.constructor;
  if (!isStaticShape(shape))
    throw new ModelError(
      className,
      `expected a shape without unknown dimensions, received ${inspect(shape)}.`,
    );
  if (!isNumericDType(dtype))
    throw new ModelError(className, `expected a dtype, received ${inspect(dtype)}.`);
}

/** A function that fills a new variable. */
export type InitializerFunction = (shape: StaticShape, dtype: DType) => Tensor;

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
export const defineInitializer = /* @__PURE__ */ definer(Initializer);

/** An initializer class of Keras. */
export const kerasInitializer = /* @__PURE__ */ definer(Initializer, { module: "keras.initializers" });
