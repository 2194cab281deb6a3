import { add, multiply } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Result } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { kerasLayer } from "../define.ts";
import { type CellRun, cellCall } from "./cell.ts";
import { cellMasks } from "./dropout-mask.ts";
import { withForgetBias } from "./forget-bias.ts";
import { lstmFields } from "./gate-fields.ts";
import { GatedCell } from "./gated-cell.ts";
import { parts } from "./steps.ts";
import { checkUnwritten, type Implementation } from "./unwritten.ts";

const Base = kerasLayer("LSTMCell", lstmFields, cellCall, GatedCell);

/**
 * One step of an {@link LSTM}. Inputs `(batch, features)` and two states `(batch, units)`, the output before and the
 * memory, give an output and two states. Source: Keras 3.6 `layers/rnn/lstm.py`.
 *
 * @example
 * const y = new RNN({ cell: new LSTMCell({ units: 8 }) }).apply(Input({ shape: [null, 3] }));
 */
export class LSTMCell extends Base {
  constructor(options: ConstructorParameters<typeof Base>[0] & Implementation) {
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

  override start(like: Result, training: boolean): CellRun {
    const masks = cellMasks(this, like, training);
    return {
      project: (x) => {
        const product = matmul(masks.input ? multiply(x, masks.input) : x, this.kernel);
        return this.bias ? add(product, this.bias) : product;
      },
      step: (projected, states) => {
        const [state, memory] = states as readonly [Result, Result];
        const before = masks.state ? multiply(state, masks.state) : state;
        const gates = parts(add(projected, matmul(before, this.recurrent_kernel)), 4, this.units);
        const [input, forget, candidate, output] = gates as [Result, Result, Result, Result];
        const kept = multiply(this.recurrent_activation(forget), memory);
        const added = multiply(this.recurrent_activation(input), this.activation(candidate));
        const c = add(kept, added);
        const h = multiply(this.recurrent_activation(output), this.activation(c));
        return [h, [h, c]];
      },
    };
  }
}
