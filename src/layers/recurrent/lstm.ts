import type { OptionsOf } from "../../fields/field.ts";
import { inOrder } from "../../fields/in-order.ts";
import type { LayerOptions } from "../define.ts";
import { outputPenalty } from "../weight-fields.ts";
import { lstmFields } from "./gate-fields.ts";
import { LSTMCell } from "./lstm-cell.ts";
import { cellOf, recurrentLayer } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";
import { checkUnwritten, type Implementation, type UseCudnn } from "./unwritten.ts";

const fields = {
  ...sequenceFields,
  ...inOrder(
    { ...lstmFields, ...outputPenalty },
    "units, activation, recurrent_activation, use_bias",
    "kernel_initializer, recurrent_initializer, bias_initializer, unit_forget_bias",
    "kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer",
    "kernel_constraint, recurrent_constraint, bias_constraint",
    "dropout, recurrent_dropout, seed",
  ),
};

/** What {@link LSTM} takes. */
export interface LSTMOptions extends LayerOptions, OptionsOf<typeof fields>, Implementation, UseCudnn {}

/**
 * Long short-term memory: from `(batch, time, features)` to `(batch, units)` or, with `return_sequences`,
 * `(batch, time, units)`; the states are the last output and the memory. Source: Keras 3.6 `layers/rnn/lstm.py`.
 *
 * @example
 * const x = Input({ shape: [null, 3] });
 * const y = new LSTM({ units: 8 }).apply(x);
 * const [last, h, c] = new LSTM({ units: 8, return_state: true }).apply<[KerasTensor, KerasTensor, KerasTensor]>(x);
 * const z = new LSTM({ units: 8 }).apply(x, { initial_state: [h, c] });
 */
export class LSTM extends recurrentLayer("LSTM", fields)<LSTMOptions> {
  declare cell: LSTMCell;
  override inputSpec = { rank: 3 };

  constructor(options: LSTMOptions) {
    super(checkUnwritten("LSTM", options));
    this.cell = cellOf(this, LSTMCell, "lstm_cell");
  }
}
