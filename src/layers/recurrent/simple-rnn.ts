import type { OptionsOf } from "../../fields/field.ts";
import { inOrder } from "../../fields/in-order.ts";
import { isPlain } from "../../json/inspect.ts";
import type { LayerOptions } from "../define.ts";
import { outputPenalty } from "../weight-fields.ts";
import { simpleRnnFields } from "./gate-fields.ts";
import { cellOf, recurrentLayer } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";
import { SimpleRNNCell } from "./simple-rnn-cell.ts";

const fields = {
  ...sequenceFields,
  ...inOrder(
    { ...simpleRnnFields, ...outputPenalty },
    "units, activation, use_bias",
    "kernel_initializer, recurrent_initializer, bias_initializer",
    "kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer",
    "kernel_constraint, recurrent_constraint, bias_constraint",
    "dropout, recurrent_dropout",
  ),
};

/** What {@link SimpleRNN} takes. */
export interface SimpleRNNOptions extends LayerOptions, OptionsOf<typeof fields> {
  /** What makes the dropout reproducible: an integer. Keras does not write it to configs. Defaults to null, one drawn at random. */
  readonly seed?: number | bigint | null | undefined;
}

/**
 * A recurrent layer whose output is fed back: from `(batch, time, features)` to `(batch, units)` or, with
 * `return_sequences`, `(batch, time, units)`. Source: Keras 3.6 `layers/rnn/simple_rnn.py`.
 *
 * @example
 * const y = new SimpleRNN({ units: 8 }).apply(Input({ shape: [null, 3] }));
 */
export class SimpleRNN extends recurrentLayer("SimpleRNN", fields)<SimpleRNNOptions> {
  declare cell: SimpleRNNCell;
  override inputSpec = { rank: 3 };

  /** `seed` is that of the dropout; Keras does not write it to configs. */
  constructor(options: SimpleRNNOptions) {
    const { seed, ...rest }: Partial<SimpleRNNOptions> = isPlain(options) ? options : {};
    super((isPlain(options) && "seed" in options ? rest : options) as SimpleRNNOptions);
    this.cell = cellOf(this, SimpleRNNCell, "simple_rnn_cell", { seed });
  }
}
