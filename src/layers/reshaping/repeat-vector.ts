import type { OptionsOf } from "../../fields/field.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { broadcastTo, type Dimension, dimensions, reshapeTo } from "../../ops/dimensions.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";

const fields = {
  /** How often the vector is repeated. */
  n: positiveInt(),
};

/** What {@link RepeatVector} takes. */
export interface RepeatVectorOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Repeats a vector: `(batch, features)` to `(batch, n, features)`.
 * Source: Keras 3.6 `layers/reshaping/repeat_vector.py`.
 *
 * @example
 * const y = new RepeatVector({ n: 3 }).apply(Input({ shape: [32] })); // [null, 3, 32]
 */
export class RepeatVector extends kerasLayer("RepeatVector", fields)<RepeatVectorOptions> {
  override inputSpec: InputSpec = { rank: 2 };

  override call(x: Operand): Numeric {
    const [batch, features] = dimensions(x) as [Dimension, Dimension];
    return broadcastTo(reshapeTo(x, [batch, 1, features]), [batch, this.n, features]);
  }
}
