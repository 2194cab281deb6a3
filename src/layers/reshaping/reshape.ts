import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { anInteger, listOf, refine } from "../../fields/kinds.ts";
import { shorthand } from "../../fields/shorthands.ts";
import { dimension, reshapeTo } from "../../ops/dimensions.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { formatShape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

const aSize = refine(anInteger, "an integer of at least 0 or -1", (size) => size >= -1, {
  type: "integer",
  minimum: -1,
});

const aTarget = refine(
  listOf(aSize),
  "a list of integers of at least 0, at most one of them -1",
  (target) => target.filter((size) => size === -1).length <= 1,
);

const fields = {
  /** The shape of a sample, without the batch; one size may be -1, which is worked out. */
  target_shape: shorthand(aTarget)(),
};

/** What {@link Reshape} takes. */
export interface ReshapeOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Gives each sample another shape: `(batch, …)` to `(batch, ...target_shape)`.
 * Source: Keras 3.6 `layers/reshaping/reshape.py`.
 *
 * @example
 * const y = new Reshape({ target_shape: [-1, 2] }).apply(Input({ shape: [3, 4] })); // [null, 6, 2]
 */
export class Reshape extends kerasLayer("Reshape", fields)<ReshapeOptions> {
  override call(x: Operand): Numeric {
    return reshapeTo(x, [dimension(x, 0), ...this.#target(x)]);
  }

  /** The target with its -1 worked out, where the sizes of the input are known. */
  #target(x: Operand): readonly number[] {
    const { target_shape: target } = this;
    const sample = x.shape.slice(1);
    if (sample.includes(null)) return target;
    const size = (sample as number[]).reduce((a, b) => a * b, 1);
    const known = target.reduce((a, b) => (b === -1 ? a : a * b), 1);
    const inferred = known === 0 ? 0 : size / known;
    if (target.includes(-1) ? Number.isInteger(inferred) : known === size) {
      return target.map((n) => (n === -1 ? inferred : n));
    }
    throw this.problem(
      `expected samples that can have the shape ${formatShape(target)}, received ${formatShape(sample)}.`,
      ShapeError,
    );
  }
}
