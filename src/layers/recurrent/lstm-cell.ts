import type { OptionsOf } from "../../fields/field.ts";
import { add } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { cellCall } from "./cell.ts";
import { withForgetBias } from "./forget-bias.ts";
import { lstmFields } from "./gate-fields.ts";
import { GatedCell } from "./gated-cell.ts";
import { type Gates, lstmStates } from "./lstm-states.ts";
import { parts } from "./steps.ts";
import { checkUnwritten, type Implementation } from "./unwritten.ts";

/** What {@link LSTMCell} takes. */
export interface LSTMCellOptions extends LayerOptions, OptionsOf<typeof lstmFields>, Implementation {}

/**
 * One step of an {@link LSTM}. Inputs `(batch, features)` and two states `(batch, units)`, the output before and the
 * memory, give an output and two states. Source: Keras 3.6 `layers/rnn/lstm.py`.
 *
 * @example
 * const y = new RNN({ cell: new LSTMCell({ units: 8 }) }).apply(Input({ shape: [null, 3] }));
 */
export class LSTMCell extends kerasLayer("LSTMCell", lstmFields, cellCall, GatedCell)<LSTMCellOptions> {
  constructor(options: LSTMCellOptions) {
    super(checkUnwritten("LSTMCell", options));
  }

  override get state_size(): readonly number[] {
    return [this.units, this.units];
  }

  protected override get gates(): number {
    return 4;
  }

  protected override makeBias(width: number): Variable {
    const { unit_forget_bias, bias_initializer, units } = this;
    const initializer = unit_forget_bias ? withForgetBias(bias_initializer, units) : bias_initializer;
    return this.weight("bias", [width], { initializer });
  }

  protected override step(projected: Numeric, state: Numeric, memory: Numeric): readonly [Numeric, Numeric] {
    const gates = parts(add(projected, matmul(state, this.recurrent_kernel)), 4, this.units);
    return lstmStates(gates as Gates, memory, this);
  }
}
