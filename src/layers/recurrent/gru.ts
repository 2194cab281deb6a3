import type { OptionsOf } from "../../fields/field.ts";
import { inOrder } from "../../fields/in-order.ts";
import type { LayerOptions } from "../define.ts";
import { outputPenalty } from "../weight-fields.ts";
import { gruFields } from "./gate-fields.ts";
import { GRUCell } from "./gru-cell.ts";
import { cellOf, recurrentLayer } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";
import { checkUnwritten, type Implementation, type UseCudnn } from "./unwritten.ts";

const fields = {
  ...sequenceFields,
  ...inOrder(
    { ...gruFields, ...outputPenalty },
    "units, activation, recurrent_activation, use_bias",
    "kernel_initializer, recurrent_initializer, bias_initializer",
    "kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer",
    "kernel_constraint, recurrent_constraint, bias_constraint",
    "dropout, recurrent_dropout, reset_after, seed",
  ),
};

/** What {@link GRU} takes. */
export interface GRUOptions extends LayerOptions, OptionsOf<typeof fields>, Implementation, UseCudnn {}

/**
 * Gated recurrent unit: from `(batch, time, features)` to `(batch, units)` or, with `return_sequences`,
 * `(batch, time, units)`; the state is the last output. Source: Keras 3.6 `layers/rnn/gru.py`.
 *
 * @example
 * const y = new GRU({ units: 8 }).apply(Input({ shape: [null, 3] }));
 */
export class GRU extends recurrentLayer("GRU", fields)<GRUOptions> {
  declare cell: GRUCell;
  override inputSpec = { rank: 3 };

  constructor(options: GRUOptions) {
    super(checkUnwritten("GRU", options));
    this.cell = cellOf(this, GRUCell, "gru_cell");
  }
}
