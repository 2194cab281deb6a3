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
import { withForgetBias } from "./forget-bias.ts";
import type { States } from "./rnn-loop.ts";
import { parts } from "./steps.ts";
import { checkUnwritten, type Implementation } from "./unwritten.ts";

const Base = kerasLayer(
  "LSTMCell",
  {
    /** Size of the output and of each of the two states. */
    units: positiveInt(),
    activation: activation("tanh"),
    /** Of the input, forget and output gates. */
    recurrent_activation: activation("sigmoid"),
    use_bias: bool(true),
    /** Whether the bias of the forget gate starts at 1. */
    unit_forget_bias: bool(true),
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
  { call: ["inputs", "states", "training"] },
);

/**
 * One step of an {@link LSTM}. Inputs `(batch, features)` and two states `(batch, units)`, the output before and the
 * memory, give an output and two states. Source: Keras 3.6 `layers/rnn/lstm.py`.
 *
 * @example
 * const y = new RNN({ cell: new LSTMCell({ units: 8 }) }).apply(Input({ shape: [null, 3] }));
 */
export class LSTMCell extends Base {
  declare kernel: Variable;
  declare recurrent_kernel: Variable;
  declare bias: Variable | null;
  readonly seed_generator: SeedGenerator;

  constructor(options: ConstructorParameters<typeof Base>[0] & Implementation) {
    super(checkUnwritten("LSTMCell", options) as never);
    this.seed_generator = new SeedGenerator({ seed: this.seed });
  }

  get state_size(): readonly number[] {
    return [this.units, this.units];
  }

  get output_size(): number {
    return this.units;
  }

  override build(shape: Shape): void {
    const { units } = this;
    this.kernel = this.addWeight({
      name: "kernel",
      shape: [lastAxis(this, shape), 4 * units],
      initializer: this.kernel_initializer,
      regularizer: this.kernel_regularizer,
      constraint: this.kernel_constraint,
    });
    this.recurrent_kernel = this.addWeight({
      name: "recurrent_kernel",
      shape: [units, 4 * units],
      initializer: this.recurrent_initializer,
      regularizer: this.recurrent_regularizer,
      constraint: this.recurrent_constraint,
    });
    this.bias = this.use_bias
      ? this.addWeight({
          name: "bias",
          shape: [4 * units],
          initializer: this.unit_forget_bias
            ? withForgetBias(this.bias_initializer, units)
            : this.bias_initializer,
          regularizer: this.bias_regularizer,
          constraint: this.bias_constraint,
        })
      : null;
  }

  getInitialState(batch: Dimension): States {
    return this.state_size.map((size) => filled([batch, size], 0, this.computeDtype));
  }

  start(like: Result, training: boolean): CellRun {
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

  override call(x: Result, rest: CellArguments): readonly [Result, States] {
    return callOnce(this, x, rest);
  }
}
