import type { OptionsOf } from "../../fields/field.ts";
import { aTensor, flag, structure, takes } from "../../graph/signature.ts";
import { add } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Numeric } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { simpleRnnFields } from "./gate-fields.ts";
import { GatedCell } from "./gated-cell.ts";

/** What {@link SimpleRNNCell} takes. */
export interface SimpleRNNCellOptions extends LayerOptions, OptionsOf<typeof simpleRnnFields> {}

/**
 * One step of a {@link SimpleRNN}: `activation(x · kernel + h · recurrent_kernel + bias)`.
 * Inputs `(batch, features)` and one state `(batch, units)` give an output and a state `(batch, units)`.
 * Source: Keras 3.6 `layers/rnn/simple_rnn.py`.
 *
 * @example
 * const y = new RNN({ cell: new SimpleRNNCell({ units: 8 }) }).apply(Input({ shape: [null, 3] }));
 */
export class SimpleRNNCell extends kerasLayer(
  "SimpleRNNCell",
  simpleRnnFields,
  takes("sequence", { sequence: aTensor(), states: structure(), training: flag() }),
  GatedCell,
)<SimpleRNNCellOptions> {
  protected override get gates(): number {
    return 1;
  }

  protected override step(projected: Numeric, state: Numeric): readonly [Numeric] {
    return [this.activation(add(projected, matmul(state, this.recurrent_kernel)))];
  }
}
