import type { OptionsOf } from "../../fields/field.ts";
import { dimension, reshapeTo } from "../../ops/dimensions.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { dataFormat } from "../data-format.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";

const fields = {
  /** With `"channels_first"` the channels are moved to the end first. Defaults to "channels_last". */
  data_format: dataFormat(),
};

/** What {@link Flatten} takes. */
export interface FlattenOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Puts all values of a sample in a row: `(batch, …)` to `(batch, n)`; `(batch,)` becomes `(batch, 1)`.
 * Source: Keras 3.6 `layers/reshaping/flatten.py`.
 *
 * @example
 * const y = new Flatten().apply(Input({ shape: [7, 7, 64] })); // [null, 3136]
 */
export class Flatten extends kerasLayer("Flatten", fields)<FlattenOptions> {
  override inputSpec: InputSpec = { minRank: 1 };

  override call(x: Operand): Numeric {
    const [, ...sample] = x.shape;
    const size = sample.includes(null) ? -1 : (sample as number[]).reduce((a, b) => a * b, 1);
    return reshapeTo(this.#channelsLast(x), [dimension(x, 0), size]);
  }

  #channelsLast(x: Operand): Operand {
    const rank = x.shape.length;
    if (this.data_format === "channels_last" || rank < 3) return x;
    const perm = [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
    return prim("transpose", [x], { perm });
  }
}
