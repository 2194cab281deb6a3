import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import type { Nested } from "../../graph/nested.ts";
import { aTensor, flag, takes } from "../../graph/signature.ts";
import { inspect } from "../../json/inspect.ts";
import { divide } from "../../ops/arithmetic.ts";
import { equal, where } from "../../ops/comparison.ts";
import { matmul } from "../../ops/matmul.ts";
import { normalize } from "../../ops/normalization.ts";
import { asDType } from "../../ops/operands.ts";
import { all } from "../../ops/reduction.ts";
import { reshape } from "../../ops/reshaping.ts";
import { transpose } from "../../ops/transposing.ts";
import { assign, type Numeric, type Operand } from "../../program/emit.ts";
import { Variable } from "../../program/variable.ts";
import type { Shape } from "../../tensor/shape.ts";
import { Wrapping, wrapperFields } from "../core/wrapper.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

const fields = {
  ...wrapperFields,
  /** How often the singular vectors are brought nearer in each call in training. Defaults to 1. */
  power_iterations: positiveInt(1),
};

/** What {@link SpectralNormalization} takes. */
export interface SpectralNormalizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

const call = takes("inputs", { inputs: aTensor(), training: flag(false) });

/**
 * Keeps the largest singular value of a layer's `kernel`, or `embeddings`, near 1: each call in training divides the
 * weights by it. Shapes are those of the layer inside. Source: Keras 3.6 `layers/normalization/spectral_normalization.py`.
 *
 * @example
 * const y = new SpectralNormalization({ layer: new Dense({ units: 3 }) }).apply(Input({ shape: [4] })); // [null, 3]
 */
export class SpectralNormalization extends kerasLayer(
  "SpectralNormalization",
  fields,
  call,
  Wrapping<typeof call>,
)<SpectralNormalizationOptions> {
  declare kernel: Variable;
  declare vector_u: Variable;

  override build(shape: Nested<number | null>): void {
    super.build(shape);
    const { kernel, embeddings } = this.layer as { readonly kernel?: unknown; readonly embeddings?: unknown };
    const weights = kernel ?? embeddings;
    if (!(weights instanceof Variable))
      throw this.problem(`expected a layer with a kernel or embeddings, received ${inspect(this.layer)}.`);
    const last = weights.shape.at(-1);
    if (last === undefined) throw this.problem("expected a kernel of at least one dimension.", ShapeError);
    this.kernel = weights;
    // As in Keras, the weights belong to both layers.
    this.ownVariables.push(weights);
    this.vector_u = this.addWeight({
      name: "vector_u",
      shape: [1, last],
      initializer: { class_name: "TruncatedNormal", config: { stddev: 0.02 } },
      trainable: false,
      dtype: weights.dtype,
    });
    const size = (shape as Shape).at(-1);
    this.inputSpec = { minRank: 1, ...(typeof size === "number" && { axes: { [-1]: size } }) };
  }

  override call(x: Numeric, { training }: { readonly training: boolean }): Numeric {
    if (training) this.#normalize();
    return asDType(this.layer.apply(x) as Numeric, x.dtype);
  }

  /** Divides the weights by their largest singular value, as far as it is known; zeros stay. */
  #normalize(): void {
    const { kernel, vector_u } = this;
    const weights = reshape(kernel, { newshape: [-1, kernel.shape.at(-1)!] });
    let u: Operand = vector_u;
    let v: Operand = u;
    for (let i = 0; i < this.power_iterations; i++) {
      v = unit(matmul(u, transpose(weights)));
      u = unit(matmul(v, weights));
    }
    const sigma = matmul(matmul(v, weights), transpose(u));
    const scaled = reshape(divide(kernel, sigma), { newshape: [...kernel.shape] });
    const isZero = all(equal(kernel, 0));
    assign(vector_u, asDType(where(isZero, vector_u, u), vector_u.dtype));
    assign(kernel, asDType(where(isZero, kernel, scaled), kernel.dtype));
  }
}

function unit(x: Operand): Numeric {
  return reshape(normalize(reshape(x, { newshape: [-1] }), { axis: -1 }), { newshape: [1, -1] });
}
