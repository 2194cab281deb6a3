import type { OptionsOf } from "../../fields/field.ts";
import { type Kind, required } from "../../fields/kinds.ts";
import type { LayerOptions } from "../define.ts";
import type { LayerLike } from "../layer-field.ts";
import type { RecurrentCell } from "./cell.ts";
import { aCell } from "./cell-field.ts";
import { recurrentLayer } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";
import { StackedRNNCells } from "./stacked-rnn-cells.ts";

const aCellOrList: Kind<LayerLike | readonly LayerLike[], RecurrentCell> = {
  ...aCell,
  parse: (input, problems) =>
    Array.isArray(input) ? new StackedRNNCells({ cells: input }) : aCell.parse(input, problems),
};

const fields = {
  ...sequenceFields,
  /** What does one step: a layer with a `state_size`; a list of them is one {@link StackedRNNCells}. */
  cell: required(aCellOrList),
};

/** What {@link RNN} takes. */
export interface RNNOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Takes any cell through a sequence `(batch, time, …)`, to the output of the last step or, with `return_sequences`,
 * of all; with `return_state` the states follow. Source: Keras 3.6 `layers/rnn/rnn.py`.
 *
 * @example
 * const cells = [new LSTMCell({ units: 8 }), new GRUCell({ units: 4 })];
 * const y = new RNN({ cell: cells }).apply(Input({ shape: [null, 3] }));
 */
export class RNN extends recurrentLayer("RNN", fields)<RNNOptions> {
  protected override objectsInside(): Readonly<Record<string, unknown>> {
    return { cell: this.cell };
  }
}
