import { aTensor, flag, structure, takes } from "../../graph/signature.ts";
import { add } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Numeric } from "../../program/emit.ts";
import { kerasLayer } from "../define.ts";
import { simpleRnnFields } from "./gate-fields.ts";
import { GatedCell } from "./gated-cell.ts";

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
) {
  protected override get gates(): number {
    return 1;
  }

  protected override step(projected: Numeric, state: Numeric): readonly [Numeric] {
    return [this.activation(add(projected, matmul(state, this.recurrent_kernel)))];
  }
}
