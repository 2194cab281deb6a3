import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { cellCall } from "./cell.ts";
import { gruFields } from "./gate-fields.ts";
import { GatedCell } from "./gated-cell.ts";
import { readIn } from "./read-in.ts";
import { entry, parts, range } from "./steps.ts";
import { checkUnwritten, type Implementation } from "./unwritten.ts";

/** What {@link GRUCell} takes. */
export interface GRUCellOptions extends LayerOptions, OptionsOf<typeof gruFields>, Implementation {}

/**
 * One step of a {@link GRU}. Inputs `(batch, features)` and one state `(batch, units)` give an output and a state
 * `(batch, units)`. Source: Keras 3.6 `layers/rnn/gru.py`.
 *
 * @example
 * const y = new RNN({ cell: new GRUCell({ units: 8 }) }).apply(Input({ shape: [null, 3] }));
 */
export class GRUCell extends kerasLayer("GRUCell", gruFields, cellCall, GatedCell)<GRUCellOptions> {
  constructor(options: GRUCellOptions) {
    super(checkUnwritten("GRUCell", options));
  }

  protected override get gates(): number {
    return 3;
  }

  protected override makeBias(width: number): Variable {
    return this.weight("bias", this.reset_after ? [2, width] : [width]);
  }

  protected override project(x: Numeric): Numeric {
    if (!this.bias || !this.reset_after) return super.project(x);
    return add(matmul(x, this.kernel), entry(readIn(x, this.bias), 0));
  }

  protected override step(projected: Numeric, state: Numeric): readonly [Numeric] {
    return [this.reset_after ? this.#resetAfter(projected, state) : this.#resetBefore(projected, state)];
  }

  #resetAfter(projected: Numeric, h: Numeric): Numeric {
    const product = matmul(h, this.recurrent_kernel);
    const inner = this.bias ? add(product, entry(readIn(h, this.bias), 1)) : product;
    const [z, r, candidate] = parts(inner, 3, this.units) as [Numeric, Numeric, Numeric];
    const [xz, xr, x] = parts(projected, 3, this.units) as [Numeric, Numeric, Numeric];
    const reset = this.recurrent_activation(add(xr, r));
    return this.#mix(this.recurrent_activation(add(xz, z)), h, add(x, multiply(reset, candidate)));
  }

  #resetBefore(projected: Numeric, h: Numeric): Numeric {
    const { units } = this;
    const kernel = readIn(h, this.recurrent_kernel);
    const gates = add(range(projected, 0, 2 * units), matmul(h, range(kernel, 0, 2 * units)));
    const [z, r] = parts(gates, 2, units).map(this.recurrent_activation) as [Numeric, Numeric];
    const inner = matmul(multiply(r, h), range(kernel, 2 * units, 3 * units));
    return this.#mix(z, h, add(range(projected, 2 * units, 3 * units), inner));
  }

  /** `z · h + (1 - z) · activation(candidate)`. */
  #mix(z: Numeric, h: Numeric, candidate: Numeric): Numeric {
    return add(multiply(z, h), multiply(subtract(1, z), this.activation(candidate)));
  }
}
