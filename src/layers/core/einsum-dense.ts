import { activation } from "../../activations/field.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { aShape, type Kind, required } from "../../fields/kinds.ts";
import { opaque, positiveInt, string } from "../../fields/shorthands.ts";
import { quote } from "../../json/quote.ts";
import { add } from "../../ops/arithmetic.ts";
import { einsum } from "../../ops/einsum.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { Value } from "../../program/value.ts";
import type { Variable } from "../../program/variable.ts";
import type { QuantizedFactor } from "../../quantizers/weights/quantization.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { optionProblem } from "../option-problem.ts";
import { kernelAndBias, kernelAndBiasLimits, outputPenalty } from "../weight-fields.ts";
import { einsumShapes, parseEquation } from "./einsum-equation.ts";
import { type Lora, loraFields, makeLora, withLora } from "./lora.ts";

/** A shape, or a number that stands for a shape of one dimension. */
export const aShapeOrSize: Kind<number | Shape, Shape> = {
  ...aShape,
  expected: "a positive integer or a list of them",
  parse: (input, problems) => aShape.parse(typeof input === "number" ? [input] : input, problems),
};

const fields = {
  /** The output's shape without the batch and without what `...` stands for; null is a size of the input. */
  output_shape: required(aShapeOrSize),
  /** The axes of input, kernel and output: `abc,cd->abd`, `...x,xy->...y` or `ab...,bc->ac...`. */
  equation: string(),
  /** The function that is applied to the result. Defaults to none. */
  activation: activation(null),
  /** The axes of the output that the bias has, as letters of the equation. Defaults to null, no bias. */
  bias_axes: string(null),
  ...kernelAndBias,
  ...outputPenalty,
  ...kernelAndBiasLimits,
  /** How the weights are quantized, kept as data. Defaults to none. */
  quantization_config: opaque(null, { since: "3.13", droppable: true }),
  ...loraFields,
  /** How many units a kernel has that GPTQ has put into bytes. Defaults to none. */
  gptq_unpacked_column_size: positiveInt(null, { omitIfDefault: true, since: "3.12" }),
};

/** What {@link EinsumDense} takes. */
export interface EinsumDenseOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * A dense layer over any axes: `activation(einsum(equation, x, kernel) + bias)`.
 * Source: Keras 3.6 `layers/core/einsum_dense.py`.
 *
 * @example
 * const dense = new EinsumDense({ equation: "abc,cd->abd", output_shape: [null, 64], bias_axes: "d" });
 * const y = dense.apply(Input({ shape: [32, 128] })); // [null, null, 64]
 */
export class EinsumDense extends kerasLayer("EinsumDense", fields)<EinsumDenseOptions> {
  static readonly quantizedIn = ["int8", "int4", "float8"];

  declare kernel: Variable;
  declare bias: Variable | null;
  declare quantizedWeight?: QuantizedFactor | undefined;
  lora: Lora | null = null;
  #statedShape: Shape = [];
  readonly #terms = parseEquation(this.equation) ?? this.#fail();

  override build(shape: Shape): void {
    const shapes = einsumShapes(this, this.#terms, this.bias_axes, shape, this.output_shape);
    const use = {
      name: "kernel",
      shape: shapes.kernel,
      equation: this.equation,
      rank: shape.length,
    } as const;
    this.quantizedWeight = this.ownPolicy.quantization?.factor(this.quantizable(use));
    this.kernel = this.quantizedWeight?.variable ?? this.weight("kernel", use.shape);
    this.bias = shapes.bias ? this.weight("bias", shapes.bias) : null;
    this.lora = makeLora(this.kernel, use.shape, this, this.kernel_regularizer, (options) =>
      this.addWeight(options),
    );
    this.#statedShape = shapes.output;
    this.inputSpec = { rank: shape.length };
  }

  override call(x: Operand): Numeric {
    if (this.quantizedWeight) return this.activation(this.quantizedWeight.apply(x, this.bias, this.lora));
    const product = einsum(x, withLora(this.kernel, this.lora), { subscripts: this.equation });
    return this.activation(this.bias ? add(product, this.bias) : product);
  }

  /** Keras says less of the shape than it could: what `output_shape` leaves open (`compute_output_shape`, 3.6 to 3.15). */
  protected override stated(result: Numeric): Numeric {
    return new Value(this.#statedShape, result.dtype);
  }

  #fail(): never {
    const forms = '"[X],[Y]->[Z]", "...[X],[Y]->...[Z]" or "[X]...,[Y]->[Z]..."';
    throw optionProblem("EinsumDense", "equation", `expected ${forms}, received ${quote(this.equation)}.`);
  }
}
