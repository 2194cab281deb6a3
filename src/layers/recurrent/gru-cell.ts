import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, floatBetween, int, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { type Dimension, filled } from "../../ops/dimensions.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Result } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizers } from "../../regularizers/field.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer } from "../define.ts";
import { lastAxis } from "../last-axis.ts";
import { SeedGenerator } from "../seed-generator.ts";
import { type CellArguments, type CellRun, callOnce } from "./cell.ts";
import { cellMasks } from "./dropout-mask.ts";
import { readIn } from "./read-in.ts";
import type { States } from "./rnn-loop.ts";
import { entry, parts, range } from "./steps.ts";
import { checkUnwritten, type Implementation } from "./unwritten.ts";

const Base = kerasLayer(
  "GRUCell",
  {
    /** Size of the output and the state. */
    units: positiveInt(),
    activation: activation("tanh"),
    /** Of the update and reset gates. */
    recurrent_activation: activation("sigmoid"),
    use_bias: bool(true),
    kernel_initializer: initializer("glorot_uniform"),
    recurrent_initializer: initializer("orthogonal"),
    bias_initializer: initializer("zeros"),
    ...regularizers("kernel", "recurrent", "bias"),
    ...constraints("kernel", "recurrent", "bias"),
    /** Share of the inputs dropped in training, the same in all steps of a sequence. */
    dropout: floatBetween(0, 1)(0),
    /** Share of the state dropped in training. */
    recurrent_dropout: floatBetween(0, 1)(0),
    /** Whether the reset gate acts after the matrix product, with a bias of its own, or before it. */
    reset_after: bool(true),
    /** Seed of the dropout. */
    seed: int(null),
  },
  { call: ["inputs", "states", "training"] },
);

/**
 * One step of a {@link GRU}. Inputs `(batch, features)` and one state `(batch, units)` give an output and a state
 * `(batch, units)`. Source: Keras 3.6 `layers/rnn/gru.py`.
 *
 * @example
 * const y = new RNN({ cell: new GRUCell({ units: 8 }) }).apply(Input({ shape: [null, 3] }));
 */
export class GRUCell extends Base {
  declare kernel: Variable;
  declare recurrent_kernel: Variable;
  declare bias: Variable | null;
  readonly seed_generator: SeedGenerator;

  constructor(options: ConstructorParameters<typeof Base>[0] & Implementation) {
    super(checkUnwritten("GRUCell", options) as never);
    this.seed_generator = new SeedGenerator({ seed: this.seed });
  }

  get state_size(): number {
    return this.units;
  }

  get output_size(): number {
    return this.units;
  }

  override build(shape: Shape): void {
    const { units } = this;
    this.kernel = this.addWeight({
      name: "kernel",
      shape: [lastAxis(this, shape), 3 * units],
      initializer: this.kernel_initializer,
      regularizer: this.kernel_regularizer,
      constraint: this.kernel_constraint,
    });
    this.recurrent_kernel = this.addWeight({
      name: "recurrent_kernel",
      shape: [units, 3 * units],
      initializer: this.recurrent_initializer,
      regularizer: this.recurrent_regularizer,
      constraint: this.recurrent_constraint,
    });
    this.bias = this.use_bias
      ? this.addWeight({
          name: "bias",
          shape: this.reset_after ? [2, 3 * units] : [3 * units],
          initializer: this.bias_initializer,
          regularizer: this.bias_regularizer,
          constraint: this.bias_constraint,
        })
      : null;
  }

  getInitialState(batch: Dimension): States {
    return [filled([batch, this.units], 0, this.computeDtype)];
  }

  start(like: Result, training: boolean): CellRun {
    const masks = cellMasks(this, like, training);
    return {
      project: (x) => {
        const product = matmul(masks.input ? multiply(x, masks.input) : x, this.kernel);
        if (!this.bias) return product;
        return add(product, this.reset_after ? entry(readIn(x, this.bias), 0) : this.bias);
      },
      step: (projected, states) => {
        const [state] = [states].flat() as [Result];
        const h = masks.state ? multiply(state, masks.state) : state;
        const output = this.reset_after ? this.#resetAfter(projected, h) : this.#resetBefore(projected, h);
        return [output, Array.isArray(states) ? [output] : output];
      },
    };
  }

  override call(x: Result, rest: CellArguments): readonly [Result, States] {
    return callOnce(this, x, rest);
  }

  #resetAfter(projected: Result, h: Result): Result {
    const product = matmul(h, this.recurrent_kernel);
    const inner = this.bias ? add(product, entry(readIn(h, this.bias), 1)) : product;
    const [z, r, candidate] = parts(inner, 3, this.units) as [Result, Result, Result];
    const [xz, xr, x] = parts(projected, 3, this.units) as [Result, Result, Result];
    const reset = this.recurrent_activation(add(xr, r));
    return this.#mix(this.recurrent_activation(add(xz, z)), h, add(x, multiply(reset, candidate)));
  }

  #resetBefore(projected: Result, h: Result): Result {
    const { units } = this;
    const kernel = readIn(h, this.recurrent_kernel);
    const gates = add(range(projected, 0, 2 * units), matmul(h, range(kernel, 0, 2 * units)));
    const [z, r] = parts(gates, 2, units).map(this.recurrent_activation) as [Result, Result];
    const inner = matmul(multiply(r, h), range(kernel, 2 * units, 3 * units));
    return this.#mix(z, h, add(range(projected, 2 * units, 3 * units), inner));
  }

  /** `z · h + (1 - z) · activation(candidate)`. */
  #mix(z: Result, h: Result, candidate: Result): Result {
    return add(multiply(z, h), multiply(subtract(1, z), this.activation(candidate)));
  }
}
