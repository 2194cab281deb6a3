import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, floatBetween, int, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
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
import type { States } from "./rnn-loop.ts";

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
  {
    /** Size of the output and the state. */
    units: positiveInt(),
    activation: activation("tanh"),
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
    /** Seed of the dropout. */
    seed: int(null),
  },
  { call: ["sequence", "states", "training"] },
) {
  declare kernel: Variable;
  declare recurrent_kernel: Variable;
  declare bias: Variable | null;
  readonly seed_generator = new SeedGenerator({ seed: this.seed });

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
      shape: [lastAxis(this, shape), units],
      initializer: this.kernel_initializer,
      regularizer: this.kernel_regularizer,
      constraint: this.kernel_constraint,
    });
    this.recurrent_kernel = this.addWeight({
      name: "recurrent_kernel",
      shape: [units, units],
      initializer: this.recurrent_initializer,
      regularizer: this.recurrent_regularizer,
      constraint: this.recurrent_constraint,
    });
    this.bias = this.use_bias
      ? this.addWeight({
          name: "bias",
          shape: [units],
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

  override call(x: Result, rest: CellArguments): readonly [Result, States] {
    return callOnce(this, x, rest);
  }
}
