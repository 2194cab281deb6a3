import { elu, leakyRelu, relu } from "../../activations/index.ts";
import { constraints } from "../../constraints/field.ts";
import { float, integers, positiveFloat } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import type { JsonObject } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { multiply, negative, subtract } from "../../ops/index.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizers } from "../../regularizers/field.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer } from "../define.ts";
import { knownAxis } from "../last-axis.ts";

/**
 * `max(x, 0)`, or a variant of it. Shape in is shape out. Source: Keras 3.6 `layers/activations/relu.py`.
 *
 * @example
 * const y = new ReLU({ max_value: 6 }).apply(Input({ shape: [64] }));
 */
export class ReLU extends kerasLayer("ReLU", {
  /** The largest value; null for no limit. */
  max_value: positiveFloat(null),
  /** The slope below the threshold. */
  negative_slope: positiveFloat(0),
  /** Up to where the output is 0. */
  threshold: positiveFloat(0),
}) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    const { max_value, negative_slope, threshold } = this;
    return relu(x, { max_value, negative_slope, threshold });
  }
}

/**
 * `x` where it is positive, else `negative_slope · x`. Shape in is shape out.
 * Source: Keras 3.6 `layers/activations/leaky_relu.py`.
 *
 * @example
 * const y = new LeakyReLU({ negative_slope: 0.1 }).apply(Input({ shape: [64] }));
 */
export class LeakyReLU extends kerasLayer("LeakyReLU", {
  negative_slope: positiveFloat(0.3),
}) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    return leakyRelu(x, { negative_slope: this.negative_slope });
  }
}

/**
 * `x` where it is positive, else `alpha · (exp(x) − 1)`. Shape in is shape out.
 * Source: Keras 3.6 `layers/activations/elu.py`.
 *
 * @example
 * const y = new ELU({ alpha: 0.5 }).apply(Input({ shape: [64] }));
 */
export class ELU extends kerasLayer("ELU", {
  alpha: float(1),
}) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    return elu(x, { alpha: this.alpha });
  }

  /** Its own key is not last but behind the name, because Keras has it from the constructor's arguments. */
  override getConfig(): JsonObject {
    const config = super.getConfig();
    const { name, alpha, ...rest } = config;
    const ordered: JsonObject =
      alpha === undefined ? { name: name!, ...rest } : { name: name!, alpha, ...rest };
    copyMarks(config, ordered);
    return ordered;
  }
}

/**
 * `x` where it is positive, else `alpha · x` with a weight `alpha` for each element. Shape in is shape out.
 * Source: Keras 3.6 `layers/activations/prelu.py`.
 *
 * @example
 * const y = new PReLU({ shared_axes: [1, 2] }).apply(Input({ shape: [32, 32, 3] }));
 */
export class PReLU extends kerasLayer("PReLU", {
  alpha_initializer: initializer("zeros"),
  ...regularizers("alpha"),
  ...constraints("alpha"),
  /** Axes along which one weight serves all; the batch is axis 0. */
  shared_axes: integers(null),
}) {
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
