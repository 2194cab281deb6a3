import type { OptionsOf } from "../fields/field.ts";
import { aNumber, integersAsList, type Kind, listOf, nullable, optional, refine } from "../fields/kinds.ts";
import { choice, float } from "../fields/shorthands.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { definer } from "../registry/class-of.ts";
import { Configurable } from "../registry/configurable.ts";
import { absMaxQuantize } from "./abs-max.ts";

/** What makes integers of floats, and the scale that they were multiplied by. */
export abstract class Quantizer extends Configurable {
  /** The integers and their scale; divided by the scale they are about the floats. */
  abstract call(
    x: Operand,
    axis?: number | readonly number[] | null,
  ): readonly [values: Numeric, scale: Numeric];
}

/** The base of a quantizer class with these fields; the class defines `call`. */
export const defineQuantizer = /* @__PURE__ */ definer(Quantizer);

const kerasQuantizer = /* @__PURE__ */ definer(Quantizer, { module: "keras.quantizers" });

/** The least and the largest integer. */
export const aRange: Kind<readonly number[], readonly number[]> = refine(
  listOf(aNumber, { length: 2 }),
  "the least and the largest integer, such as [-127, 127]",
  ([least = 0, most = 0]) => least < most,
);

const fields = {
  /** The least and the largest integer. Defaults to [-127, 127]. */
  value_range: optional(aRange, [-127, 127]),
  /** What is added to the largest absolute value, so that nothing is divided by 0. Defaults to 1e-7. */
  epsilon: float(1e-7),
  /** The dtype of the integers. Defaults to "int8". */
  output_dtype: choice("int8", "uint8", "int16", "int32")("int8"),
  /** The axes that share a scale; null: the last, or those that a layer asks for. Defaults to null. */
  axis: optional(nullable(integersAsList), null, { omitIfDefault: true }),
};

/** What an {@link AbsMaxQuantizer} takes. */
export interface AbsMaxQuantizerOptions extends OptionsOf<typeof fields> {}

/**
 * Integers of which the largest stands for the largest absolute value along some axes. In memory and in configs of the
 * newest Keras `axis` is left out where none is given; Keras 3.6 wants one.
 * Source: Keras 3.6 and 3.15 `quantizers/quantizers.py`.
 *
 * @example
 * const [values, scale] = new AbsMaxQuantizer({ axis: -1 }).call(tensor([[0.5, -1]]));
 * values.shape; // [1, 2]
 */
export class AbsMaxQuantizer extends kerasQuantizer("AbsMaxQuantizer", fields)<AbsMaxQuantizerOptions> {
  override call(x: Operand, axis: number | readonly number[] | null = null) {
    const { value_range, epsilon, output_dtype: dtype } = this;
    return absMaxQuantize(x, { axis: axis ?? this.axis ?? -1, value_range, epsilon, dtype });
  }
}
