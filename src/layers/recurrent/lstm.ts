import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, floatBetween, int, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizers } from "../../regularizers/field.ts";
import { LSTMCell } from "./lstm-cell.ts";
import { cellOptions, recurrentLayer } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";
import { checkUnwritten, type Implementation, type UseCudnn } from "./unwritten.ts";

const Base = recurrentLayer("LSTM", {
  ...sequenceFields,
  /** Size of the output and of each of the two states. */
  units: positiveInt(),
  activation: activation("tanh"),
  /** Of the input, forget and output gates. */
  recurrent_activation: activation("sigmoid"),
  use_bias: bool(true),
  kernel_initializer: initializer("glorot_uniform"),
  recurrent_initializer: initializer("orthogonal"),
  bias_initializer: initializer("zeros"),
  /** Whether the bias of the forget gate starts at 1. */
  unit_forget_bias: bool(true),
  ...regularizers("kernel", "recurrent", "bias", "activity"),
  ...constraints("kernel", "recurrent", "bias"),
  /** Share of the inputs dropped in training, the same in all steps of a sequence. */
  dropout: floatBetween(0, 1)(0),
  /** Share of the state dropped in training. */
  recurrent_dropout: floatBetween(0, 1)(0),
  /** Seed of the dropout. */
  seed: int(null),
});

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
export class LSTM extends Base {
  declare cell: LSTMCell;
  override inputSpec = { rank: 3 };

  constructor(options: ConstructorParameters<typeof Base>[0] & Implementation & UseCudnn) {
    super(checkUnwritten("LSTM", options) as never);
    this.cell = new LSTMCell(cellOptions(this, LSTMCell, "lstm_cell") as never);
  }
}
