import { aTensor, flag, structure, takes } from "../../graph/signature.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Result } from "../../program/emit.ts";
import { kerasLayer } from "../define.ts";
import type { CellRun } from "./cell.ts";
import { cellMasks } from "./dropout-mask.ts";
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

  override start(like: Result, training: boolean): CellRun {
    const masks = cellMasks(this, like, training);
    return {
      project: (x) => {
        const product = matmul(masks.input ? multiply(x, masks.input) : x, this.kernel);
        return this.bias ? add(product, this.bias) : product;
      },
      step: (projected, states) => {
        const [state] = [states].flat() as [Result];
        const before = masks.state ? multiply(state, masks.state) : state;
        const output = this.activation(add(projected, matmul(before, this.recurrent_kernel)));
        return [output, Array.isArray(states) ? [output] : output];
      },
    };
  }
}
