import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, floatBetween, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizers } from "../../regularizers/field.ts";
import { cellOptions, recurrentLayer } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";
import { SimpleRNNCell } from "./simple-rnn-cell.ts";

const Base = recurrentLayer("SimpleRNN", {
  ...sequenceFields,
  /** Size of the output and the state. */
  units: positiveInt(),
  activation: activation("tanh"),
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
});

/**
 * A recurrent layer whose output is fed back: from `(batch, time, features)` to `(batch, units)` or, with
 * `return_sequences`, `(batch, time, units)`. Source: Keras 3.6 `layers/rnn/simple_rnn.py`.
 *
 * @example
 * const y = new SimpleRNN({ units: 8 }).apply(Input({ shape: [null, 3] }));
 */
export class SimpleRNN extends Base {
  declare cell: SimpleRNNCell;
  override inputSpec = { rank: 3 };

  /** `seed` is that of the dropout; Keras does not write it to configs. */
  constructor(
    options: ConstructorParameters<typeof Base>[0] & { readonly seed?: number | null | undefined },
  ) {
    const { seed, ...rest } = options;
    super("seed" in options ? rest : options);
    this.cell = new SimpleRNNCell({ ...cellOptions(this, SimpleRNNCell, "simple_rnn_cell"), seed } as never);
  }
}
