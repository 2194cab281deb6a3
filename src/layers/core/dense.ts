import { activation } from "../../activations/field.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { bool, opaque, positiveInt } from "../../fields/shorthands.ts";
import { add } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { QuantizedFactor } from "../../quantizers/weights/quantization.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { lastAxis } from "../last-axis.ts";
import { kernelAndBias, kernelAndBiasLimits } from "../weight-fields.ts";
import { type Lora, loraFields, makeLora, withLora } from "./lora.ts";

const fields = {
  /** How many numbers come out: the size of the output's last axis. */
  units: positiveInt(),
  /** The function that is applied to the result. Defaults to none. */
  activation: activation(null),
  /** Whether a bias is added before the activation. Defaults to true. */
  use_bias: bool(true),
  ...kernelAndBias,
  ...kernelAndBiasLimits,
  /** How the weights are quantized, kept as data. Defaults to none. */
  quantization_config: opaque(null, { since: "3.13", droppable: true }),
  ...loraFields,
};

/** What a {@link Dense} takes. */
export interface DenseOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * A densely connected layer: `activation(x · kernel + bias)`, from `(batch, …, n)` to `(batch, …, units)`.
 * Source: Keras 3.6 `layers/core/dense.py`.
 *
 * @example
 * const y = new Dense({ units: 10, activation: "softmax" }).apply(Input({ shape: [64] }));
 */
export class Dense extends kerasLayer("Dense", fields)<DenseOptions> {
  static override readonly supportsMasking = true;
  static readonly quantizedIn = ["int8", "int4", "float8"];

  declare kernel: Variable;
  declare bias: Variable | null;
  declare quantizedWeight?: QuantizedFactor | undefined;
  lora: Lora | null = null;

  override build(shape: Shape): void {
    const size = lastAxis(this, shape);
    const use = { name: "kernel", shape: [size, this.units] } as const;
    this.quantizedWeight = this.ownPolicy.quantization?.factor(this.quantizable(use));
    this.kernel = this.quantizedWeight?.variable ?? this.weight("kernel", use.shape);
    this.bias = this.use_bias ? this.weight("bias", [this.units]) : null;
    this.lora = makeLora(this.kernel, use.shape, this, this.kernel_regularizer, (options) =>
      this.addWeight(options),
    );
    this.inputSpec = { minRank: 2, axes: { [-1]: size } };
  }

  override call(x: Operand): Numeric {
    if (this.quantizedWeight) return this.activation(this.quantizedWeight.apply(x, this.bias, this.lora));
    const product = matmul(x, withLora(this.kernel, this.lora));
    return this.activation(this.bias ? add(product, this.bias) : product);
  }
}
