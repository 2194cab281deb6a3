import type { JsonObject } from "../../json/json.ts";
import { divide, multiply } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { asDType } from "../../ops/operands.ts";
import { expandDims, squeeze } from "../../ops/reshaping.ts";
import { take } from "../../ops/take.ts";
import { transpose } from "../../ops/transposing.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { Value } from "../../program/value.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Int8QuantizationConfig } from "../configs.ts";
import { AbsMaxQuantizer, type Quantizer } from "../quantizer.ts";
import { type Product, productFor, rowsWithUpdate, withBias, withUpdate } from "./product.ts";
import type {
  Quantizable,
  Quantization,
  QuantizedFactor,
  QuantizedRows,
  WeightOwner,
} from "./quantization.ts";

/**
 * Weights as bytes with a scale for each unit. Inputs become bytes when they come, with a scale for each vector, so that
 * products are those of integers. Source: Keras 3.6 and 3.15 `layers/core/dense.py`, `einsum_dense.py`, `embedding.py`.
 */
export const int8: Quantization = { factor, rows };

function factor({ owner, use, addWeight }: Quantizable): QuantizedFactor {
  const product = productFor(use);
  const quantizers = quantizersIn(owner);
  const variable = addWeight(bytes(use.name, use.shape));
  const scale = addWeight(scales(use.name, shapeOfScale(use.shape, product)));
  return {
    name: use.name,
    variable,
    first: ["kernel", "bias"],
    apply(x, bias, update) {
      const dtype = owner.computeDtype;
      const result = multiplied(x, { matrix: variable, scale }, product, quantizers, dtype);
      return withBias(withUpdate(result, x, product, update, dtype), bias);
    },
    assign(floats) {
      const quantizer = quantizers.weights ?? new AbsMaxQuantizer({ axis: product.weightAxes });
      const [values, found] = inFewBits(floats, quantizer);
      variable.assign(values as Tensor);
      scale.assign(product.alignWeight(found) as Tensor);
    },
  };
}

/** Integers and what each of their units is divided by. */
interface Scaled {
  readonly matrix: Operand;
  readonly scale: Operand;
}

/** The product of inputs with a weight of bytes, in the dtype that a layer computes in. */
function multiplied(
  x: Operand,
  { matrix, scale }: Scaled,
  product: Product,
  { inputs }: Quantizers,
  dtype: DType,
): Numeric {
  const divided = (sums: Numeric, by: Operand) => divide(cast(sums, { dtype }), by);
  // Read in the compute dtype, as where Keras calls the layer on its own.
  const factor = asDType(scale, dtype);
  if (!inputs) return divided(product.floats(x, matrix), factor);
  const [values, found] = inputs.call(x, product.inputAxes);
  return divided(product.integers(values, matrix), multiply(product.alignInput(found), factor));
}

function rows({ owner, use, addWeight }: Quantizable): QuantizedRows {
  const { name, shape } = use;
  const quantizers = quantizersIn(owner);
  const variable = addWeight(bytes(name, shape));
  const scale = addWeight(scales(name, shape.slice(0, 1)));
  return {
    name: use.name,
    variable,
    first: ["embeddings"],
    rows(x, update) {
      const dtype = owner.computeDtype;
      const factors = expandDims(take(asDType(scale, dtype), x, { axis: 0 }), { axis: -1 });
      const found = divide(cast(take(variable, x, { axis: 0 }), { dtype }), factors);
      return rowsWithUpdate(found, x, update, dtype);
    },
    back(x) {
      const scaled = { matrix: transpose(variable), scale };
      return multiplied(x, scaled, productFor({ name, shape }), quantizers, owner.computeDtype);
    },
    columns(weight) {
      const own = factor(weight);
      return { ...own, back: (x) => own.apply(x, null, null) };
    },
    assign(floats) {
      const [values, found] = inFewBits(floats, quantizers.weights ?? new AbsMaxQuantizer({ axis: -1 }));
      variable.assign(values as Tensor);
      scale.assign(squeeze(found, { axis: -1 }) as Tensor);
    },
  };
}

/**
 * Integers of a weight, and their scale. Keras has NumPy do it, which computes with bfloat16 and its own numbers in float32.
 */
export function inFewBits(floats: Operand, quantizer: Quantizer): [values: Numeric, scale: Numeric] {
  const dtype = dtypeOf(floats);
  const wide = dtype === "bfloat16" ? cast(floats, { dtype: "float32" }) : floats;
  const [values, scale] = quantizer.call(wide);
  return [values, cast(scale, { dtype })];
}

/** Integers of a byte, which training does not change. */
export function bytes(name: string, shape: StaticShape) {
  return { name, shape, dtype: "int8", initializer: "zeros", trainable: false } as const;
}

/** Scales of a weight, which training does not change. */
export function scales(name: string, shape: StaticShape) {
  return { name: `${name}_scale`, shape, initializer: "ones", trainable: false } as const;
}

/** The shape of a scale that is 1 along what is summed over, as it is along the result. */
function shapeOfScale(shape: StaticShape, { weightAxes, alignWeight }: Product): StaticShape {
  const kept = shape.map((size, axis) => (weightAxes.includes(axis) ? 1 : size));
  return alignWeight(new Value(kept, "float32")).shape as StaticShape;
}

/** What quantizes a weight, where that is not what a layer does of itself, and what quantizes its inputs. */
export interface Quantizers {
  readonly weights: Quantizer | null;
  readonly inputs: Quantizer | null;
}

/** The quantizers that a layer's config names; without one, inputs are quantized by their largest values. */
function quantizersIn(owner: WeightOwner): Quantizers {
  const given = configOf(owner);
  if (given === null) return { weights: null, inputs: new AbsMaxQuantizer() };
  const { weight_quantizer: weights, activation_quantizer: inputs } =
    Int8QuantizationConfig.fromConfig(given);
  return { weights, inputs };
}

/** What a layer's config says of quantizers; null for nothing. */
export function configOf({ quantization_config: envelope }: WeightOwner): JsonObject | null {
  if (typeof envelope !== "object" || envelope === null || Array.isArray(envelope)) return null;
  const { config } = envelope;
  return typeof config === "object" && config !== null && !Array.isArray(config) ? config : null;
}
