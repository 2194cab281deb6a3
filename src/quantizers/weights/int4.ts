import { divide, multiply } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { asDType } from "../../ops/operands.ts";
import { expandDims, reshape } from "../../ops/reshaping.ts";
import { take } from "../../ops/take.ts";
import { transpose } from "../../ops/transposing.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { fromNumbers } from "../../tensor/cast.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Int4QuantizationConfig } from "../configs.ts";
import { dequantizeWithSzMap } from "../grouped.ts";
import { packInt4, unpackInt4 } from "../pack.ts";
import { backOf, columnsOf, type Found, quantized } from "./int4-matrix.ts";
import { bytes, configOf, type Quantizers, scales } from "./int8.ts";
import { type Product, productFor, rowsWithUpdate, withBias, withUpdate } from "./product.ts";
import type {
  Quantizable,
  Quantization,
  QuantizedFactor,
  QuantizedRows,
  WeightOwner,
} from "./quantization.ts";

/**
 * Weights of 4 bits, two in a byte. With a size of blocks these have a scale and a zero point each, without one (null)
 * each unit has a scale. Source: Keras 3.15 `layers/core/dense.py`, `einsum_dense.py`, `embedding.py`.
 */
export function int4(blockSize: number | null): Quantization {
  return {
    factor: (weight) => factor(weight, blockSize),
    rows: (weight) => rows(weight, blockSize),
  };
}

function factor(weight: Quantizable, blockSize: number | null): QuantizedFactor {
  const { owner, use, addWeight } = weight;
  const product = productFor(use);
  const [height, width] = matrixOf(use.shape, product);
  const quantizers = quantizersIn(owner);
  const variable = addWeight(bytes(use.name, [height, Math.ceil(width / 2)]));
  const blocks = blockSize && {
    size: blockSize,
    shape: [Math.ceil(height / blockSize), width],
    length: height,
  };
  const parts = addParts(weight, [width], blocks || null);
  const integers = () => unpackInt4(variable, width, { axis: -1 });

  const floats = (): Numeric => {
    const { scale, zero, groups } = parts;
    const { computeDtype: dtype } = owner;
    const found = zero
      ? cast(dequantizeWithSzMap(integers(), scale, zero, groups as Variable, 0), { dtype })
      : divide(cast(integers(), { dtype }), scale);
    return reshape(found, { newshape: use.shape });
  };
  const multiplied = (x: Operand): Numeric => {
    const { computeDtype: dtype } = owner;
    const { inputs } = quantizers;
    const isWhole = use.equation != null || parts.zero !== null;
    if (!inputs)
      return isWhole
        ? product.floats(x, floats())
        : divide(cast(product.floats(x, integers()), { dtype }), parts.scale);
    const [values, found] = inputs.call(x, product.inputAxes);
    const sums = isWhole ? product.floats(values, floats()) : product.integers(values, integers());
    const factor = isWhole ? product.alignInput(found) : multiply(parts.scale, found);
    return divide(cast(sums, { dtype }), factor);
  };
  return {
    name: use.name,
    variable,
    first: ["kernel", "bias"],
    apply(x, bias, update) {
      return withBias(withUpdate(multiplied(x), x, product, update, owner.computeDtype), bias);
    },
    assign(given) {
      const matrix = reshape(given, { newshape: [height, width] });
      assignParts(variable, parts, quantized(matrix, blockSize, quantizers, 0));
    },
  };
}

function rows(weight: Quantizable, blockSize: number | null): QuantizedRows {
  const { owner, use, addWeight } = weight;
  const { name, shape } = use;
  const [count = 0, width = 0] = shape;
  const quantizers = quantizersIn(owner);
  const variable = addWeight(bytes(name, [count, Math.ceil(width / 2)]));
  const blocks = blockSize && {
    size: blockSize,
    shape: [count, Math.ceil(width / blockSize)],
    length: width,
  };
  const parts = addParts(weight, [count], blocks || null);
  return {
    name: use.name,
    variable,
    first: ["embeddings"],
    rows(x, update) {
      const { scale, zero, groups } = parts;
      const { computeDtype: dtype } = owner;
      const found = cast(take(unpackInt4(variable, width, { axis: -1 }), x, { axis: 0 }), { dtype });
      const factors = take(asDType(scale, dtype), x, { axis: 0 });
      const floats = zero
        ? dequantizeWithSzMap(found, factors, take(zero, x, { axis: 0 }), groups as Variable)
        : divide(found, expandDims(factors, { axis: -1 }));
      return rowsWithUpdate(floats, x, update, dtype);
    },
    back(x) {
      const { scale, zero, groups } = parts;
      const turned = zero ? { scale: transpose(scale), zero: transpose(zero), groups } : parts;
      const integers = transpose(unpackInt4(variable, width, { axis: -1 }));
      return backOf(x, integers, turned, owner.computeDtype, quantizers);
    },
    columns: (weight) => columnsOf(weight, { blockSize, groups: parts.groups, quantizers }),
    assign(given) {
      const whole = blockSize === null ? given : transpose(given, { axes: [1, 0] });
      const found = quantized(whole, blockSize, quantizers, -1);
      const turned =
        blockSize === null ? found : found.map((each) => each && transpose(each, { axes: [1, 0] }));
      assignParts(variable, parts, turned);
    },
  };
}

/** A weight as a matrix: what is summed over, by all else. */
export function matrixOf(shape: StaticShape, { weightAxes }: Product): [height: number, width: number] {
  const sizes: [number, number] = [1, 1];
  for (const [axis, size] of shape.entries()) sizes[weightAxes.includes(axis) ? 0 : 1] *= size;
  return sizes;
}

/** The scales of a weight, and its zero points and which of them each place has, where they are of blocks. */
interface Parts {
  readonly scale: Variable;
  readonly zero: Variable | null;
  readonly groups: Variable | null;
}

interface Blocks {
  readonly size: number;
  readonly shape: StaticShape;
  /** How many places are in blocks. */
  readonly length: number;
}

function addParts(
  { addWeight, use: { name } }: Quantizable,
  shape: StaticShape,
  blocks: Blocks | null,
): Parts {
  const scale = addWeight(scales(name, blocks?.shape ?? shape));
  if (!blocks) return { scale, zero: null, groups: null };
  const zero = addWeight(bytes(`${name}_zero`, blocks.shape));
  const groups = addWeight(groupsOf(blocks.length));
  groups.assignLazily({ now: () => placesOf(blocks) });
  return { scale, zero, groups };
}

/** Which group each place is of, as floats. */
export function groupsOf(length: number) {
  return {
    name: "g_idx",
    shape: [length],
    dtype: "float32",
    initializer: "zeros",
    trainable: false,
  } as const;
}

function placesOf({ length, size }: Blocks): Tensor {
  const places = Array.from({ length }, (_, i) => Math.floor(i / size));
  return fromNumbers("float32", [length], places);
}

function assignParts(variable: Variable, { scale, zero }: Parts, [values, factors, zeros]: Found): void {
  const [packed] = packInt4(values as Operand, { axis: -1 });
  variable.assign(packed as Tensor);
  scale.assign(factors as Tensor);
  if (zeros) zero?.assign(zeros as Tensor);
}

/** The quantizers that a layer's config names; without one there are none. */
function quantizersIn(owner: WeightOwner): Quantizers {
  const given = configOf(owner);
  if (given === null) return { weights: null, inputs: null };
  const { weight_quantizer: weights, activation_quantizer: inputs } =
    Int4QuantizationConfig.fromConfig(given);
  return { weights, inputs };
}
