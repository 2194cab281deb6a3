import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, floatBetween, int, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizers } from "../../regularizers/field.ts";
import { GRUCell } from "./gru-cell.ts";
import { cellOptions, recurrentLayer } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";
import { checkUnwritten, type Implementation, type UseCudnn } from "./unwritten.ts";

const Base = recurrentLayer("GRU", {
  ...sequenceFields,
  /** Size of the output and the state. */
  units: positiveInt(),
  activation: activation("tanh"),
  /** Of the update and reset gates. */
  recurrent_activation: activation("sigmoid"),
  use_bias: bool(true),
  kernel_initializer: initializer("glorot_uniform"),
  recurrent_initializer: initializer("orthogonal"),
  bias_initializer: initializer("zeros"),
  ...regularizers("kernel", "recurrent", "bias", "activity"),
  ...constraints("kernel", "recurrent", "bias"),
  /** Share of the inputs dropped in training, the same in all steps of a sequence. */
  dropout: floatBetween(0, 1)(0),
  /** Share of the state dropped in training. */
  recurrent_dropout: floatBetween(0, 1)(0),
  /** Whether the reset gate acts after the matrix product, with a bias of its own, or before it. */
  reset_after: bool(true),
  /** Seed of the dropout. */
  seed: int(null),
});

/**
 * Gated recurrent unit: from `(batch, time, features)` to `(batch, units)` or, with `return_sequences`,
 * `(batch, time, units)`; the state is the last output. Source: Keras 3.6 `layers/rnn/gru.py`.
 *
 * @example
 * const y = new GRU({ units: 8 }).apply(Input({ shape: [null, 3] }));
 */
export class GRU extends Base {
  declare cell: GRUCell;
  override inputSpec = { rank: 3 };

  constructor(options: ConstructorParameters<typeof Base>[0] & Implementation & UseCudnn) {
    super(checkUnwritten("GRU", options) as never);
    this.cell = new GRUCell(cellOptions(this, GRUCell, "gru_cell") as never);
  }
}
