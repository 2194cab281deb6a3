import { flatten, type Nested } from "../../graph/nested.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { type Dimension, filled } from "../../ops/dimensions.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import type { Shape } from "../../tensor/shape.ts";
import { lastAxis } from "../last-axis.ts";
import { Layer } from "../layer.ts";
import { type CellArguments, type CellRun, callOnce, type cellCall, type StateSize } from "./cell.ts";
import { cellMasks } from "./dropout-mask.ts";
import type { States } from "./rnn-loop.ts";

/** What Keras's cells do alike: a kernel for inputs, one for the state, a bias, and dropout from a generator. */
export abstract class GatedCell extends Layer<typeof cellCall> {
  declare readonly units: number;
  declare readonly use_bias: boolean;
  declare readonly seed: number | bigint | null;
  declare readonly dropout: number;
  declare readonly recurrent_dropout: number;

  declare kernel: Variable;
  declare recurrent_kernel: Variable;
  declare bias: Variable | null;
  readonly seed_generator: SeedGenerator;

  constructor(options: object) {
    super(options);
    this.seed_generator = new SeedGenerator({ seed: this.seed });
  }

  /** How many matrices of the units' width each kernel is made of: the gates, and what they act on. */
  protected abstract get gates(): number;

  get state_size(): StateSize {
    return this.units;
  }

  get output_size(): number {
    return this.units;
  }

  override build(shape: Shape): void {
    const width = this.gates * this.units;
    this.kernel = this.weight("kernel", [lastAxis(this, shape), width]);
    this.recurrent_kernel = this.weight("recurrent_kernel", [this.units, width], { field: "recurrent" });
    this.bias = this.use_bias ? this.makeBias(width) : null;
  }

  protected makeBias(width: number): Variable {
    return this.weight("bias", [width]);
  }

  getInitialState(batch: Dimension): States {
    const sizes = flatten(this.state_size as Nested<number>);
    return sizes.map((size) => filled([batch, size], 0, this.computeDtype));
  }

  start(like: Numeric, training: boolean): CellRun {
    const masks = cellMasks(this, like, training);
    return {
      project: (x) => this.project(masks.input ? multiply(x, masks.input) : x),
      step: (projected, states) => {
        const [state, ...others] = [states].flat() as [Numeric, ...Numeric[]];
        // at most 1: what an LSTM has besides
        const after = this.step(projected, masks.state ? multiply(state, masks.state) : state, ...others);
        return [after[0], Array.isArray(states) ? after : after[0]];
      },
    };
  }

  /** What the inputs of a step, or of all at once, give: the rest needs the state. */
  protected project(x: Numeric): Numeric {
    const product = matmul(x, this.kernel);
    return this.bias ? add(product, this.bias) : product;
  }

  /** The rest of a step: the states after it, the first of which is the output. */
  protected abstract step(
    projected: Numeric,
    state: Numeric,
    memory?: Numeric,
  ): readonly [Numeric, ...Numeric[]];

  override call(x: Numeric, rest: CellArguments): readonly [Numeric, States] {
    return callOnce(this, x, rest);
  }
}
