import { elu, leakyRelu, relu } from "../../activations/index.ts";
import { constraint } from "../../constraints/field.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { float, integers, positiveFloat } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import type { JsonObject } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { multiply, subtract } from "../../ops/arithmetic.ts";
import { negative } from "../../ops/elementwise.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizer } from "../../regularizers/field.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { knownAxis } from "../last-axis.ts";

const reluFields = {
  /** The largest value that comes out, at least 0. Defaults to none. */
  max_value: positiveFloat(null),
  /** The slope below the threshold, at least 0. Defaults to 0. */
  negative_slope: positiveFloat(0),
  /** Inputs below it give 0, or follow the slope. Defaults to 0. */
  threshold: positiveFloat(0),
};

/** What {@link ReLU} takes. */
export interface ReLUOptions extends LayerOptions, OptionsOf<typeof reluFields> {}

/**
 * `max(x, 0)`, or a variant of it. Shape in is shape out. Source: Keras 3.6 `layers/activations/relu.py`.
 *
 * @example
 * const y = new ReLU({ max_value: 6 }).apply(Input({ shape: [64] }));
 */
export class ReLU extends kerasLayer("ReLU", reluFields)<ReLUOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    const { max_value, negative_slope, threshold } = this;
    return relu(x, { max_value, negative_slope, threshold });
  }
}

const leakyReluFields = {
  /** The slope below 0. Defaults to 0.3. */
  negative_slope: positiveFloat(0.3),
};

/** What {@link LeakyReLU} takes. */
export interface LeakyReLUOptions extends LayerOptions, OptionsOf<typeof leakyReluFields> {}

/**
 * `x` where it is positive, else `negative_slope · x`. Shape in is shape out.
 * Source: Keras 3.6 `layers/activations/leaky_relu.py`.
 *
 * @example
 * const y = new LeakyReLU({ negative_slope: 0.1 }).apply(Input({ shape: [64] }));
 */
export class LeakyReLU extends kerasLayer("LeakyReLU", leakyReluFields)<LeakyReLUOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    return leakyRelu(x, { negative_slope: this.negative_slope });
  }
}

const eluFields = {
  /** The output goes down to `-alpha`. Defaults to 1. */
  alpha: float(1),
};

/** What {@link ELU} takes. */
export interface ELUOptions extends LayerOptions, OptionsOf<typeof eluFields> {}

/**
 * `x` where it is positive, else `alpha · (exp(x) − 1)`. Shape in is shape out.
 * Source: Keras 3.6 `layers/activations/elu.py`.
 *
 * @example
 * const y = new ELU({ alpha: 0.5 }).apply(Input({ shape: [64] }));
 */
export class ELU extends kerasLayer("ELU", eluFields)<ELUOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    return elu(x, { alpha: this.alpha });
  }

  /** Its own key is not last but behind the name, because Keras has it from the constructor's arguments. */
  protected override arrange(config: JsonObject): JsonObject {
    const { name, alpha, ...rest } = super.arrange(config);
    const ordered: JsonObject =
      alpha === undefined ? { name: name!, ...rest } : { name: name!, alpha, ...rest };
    copyMarks(config, ordered);
    return ordered;
  }
}

const preluFields = {
  /** What the slopes are filled with when they are made. Defaults to "zeros". */
  alpha_initializer: initializer("zeros"),
  /** The penalty on the slopes that training adds to the loss. Defaults to none. */
  alpha_regularizer: regularizer(),
  /** What the slopes are made to fulfil after each step of training. Defaults to none. */
  alpha_constraint: constraint(),
  /** The axes along which one slope serves all places; the batch is axis 0. Defaults to none. */
  shared_axes: integers(null),
};

/** What {@link PReLU} takes. */
export interface PReLUOptions extends LayerOptions, OptionsOf<typeof preluFields> {}

/**
 * `x` where it is positive, else `alpha · x` with a weight `alpha` for each element. Shape in is shape out.
 * Source: Keras 3.6 `layers/activations/prelu.py`.
 *
 * @example
 * const y = new PReLU({ shared_axes: [1, 2] }).apply(Input({ shape: [32, 32, 3] }));
 */
export class PReLU extends kerasLayer("PReLU", preluFields)<PReLUOptions> {
  static override readonly supportsMasking = true;

  declare alpha: Variable;

  override build(shape: Shape): void {
    const shared = this.shared_axes ?? [];
    const sizes = shape.slice(1).map((_, i) => (shared.includes(i + 1) ? 1 : knownAxis(this, shape, i + 1)));
    this.alpha = this.weight("alpha", sizes);
    const axes: Record<number, number> = {};
    if (shared.length > 0)
      for (const [i, size] of sizes.entries()) if (!shared.includes(i + 1)) axes[i + 1] = size;
    this.inputSpec = { rank: shape.length, axes };
  }

  override call(x: Operand): Numeric {
    return subtract(relu(x), multiply(this.alpha, relu(negative(x))));
  }
}
