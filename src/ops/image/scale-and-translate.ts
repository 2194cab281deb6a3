import { ShapeError } from "../../errors.ts";
import type { OptionsOf, ValuesOf } from "../../fields/field.ts";
import { anInteger, listOf, required } from "../../fields/kinds.ts";
import { bool, choice } from "../../fields/shorthands.ts";
import type { KerasTensor } from "../../graph/graph.ts";
import { inspect } from "../../json/inspect.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { axisOf } from "../axes.ts";
import { defineOp, type Op, type TensorLike } from "../define.ts";
import { dimension, reshapeTo } from "../dimensions.ts";
import {
  asDType,
  asFloat,
  asOperand,
  isOperand,
  type OperandLike,
  rankOf,
  tensorOfList,
} from "../operands.ts";
import { sliceAxis } from "../slice-axis.ts";
import { moveaxis } from "../transposing.ts";
import { openWeights, type Stretch } from "./open-weights.ts";

/** What the kernels are called; most have several names. */
const kernels = {
  linear: "bilinear",
  bilinear: "bilinear",
  trilinear: "bilinear",
  cubic: "bicubic",
  bicubic: "bicubic",
  tricubic: "bicubic",
  lanczos3: "lanczos3",
  lanczos5: "lanczos5",
} as const satisfies Readonly<Record<string, Stretch["method"]>>;

const scaleFields = () => ({
  /** The axes that are scaled and moved. */
  spatial_dims: required(listOf(anInteger)),
  /** How values between pixels are made: `"linear"`, `"cubic"`, `"lanczos3"`, … */
  // at most 8: the names of kernels
  method: choice(...(Object.keys(kernels) as (keyof typeof kernels)[]))(),
  /** Whether each pixel of a smaller result is an average of all that it covers. Defaults to true. */
  antialias: bool(true),
});

type Fields = ReturnType<typeof scaleFields>;

/** An op of images, the shape of the result, and for each axis a factor and a distance. */
export interface ScaleAndTranslateOp extends Op {
  (
    images: KerasTensor,
    output_shape: readonly number[],
    scale: TensorLike | readonly number[],
    translation: TensorLike | readonly number[],
    options: OptionsOf<Fields>,
  ): KerasTensor;
  (
    images: OperandLike,
    output_shape: readonly number[],
    scale: OperandLike | readonly number[],
    translation: OperandLike | readonly number[],
    options: OptionsOf<Fields>,
  ): Numeric;
}

/**
 * Images made larger or smaller along some axes, and moved: what was at `x` is at `scale x + translation`. Outside is 0.
 * Of the newest Keras.
 */
export const scaleAndTranslate = /* @__PURE__ */ defineOp<ScaleAndTranslateOp>({
  path: "image.ScaleAndTranslate",
  tensors: ["images", "output_shape", "scale", "translation"],
  keepsLists: true,
  fields: scaleFields,
  compute(
    images: OperandLike,
    shape: readonly number[],
    scale: unknown,
    translation: unknown,
    options: ValuesOf<Fields>,
  ): Numeric {
    const axes = options.spatial_dims;
    let current: Operand = asFloat(images);
    const rank = rankOf(current);
    if (
      !Array.isArray(shape) ||
      shape.length !== rank ||
      !shape.every((n) => Number.isInteger(n) && n >= 0)
    ) {
      const expected = `an output_shape of ${rank} dimensions`;
      throw new ShapeError("scaleAndTranslate", `expected ${expected}, received ${inspect(shape)}.`);
    }
    const scales = vector("scale", scale, axes.length);
    const distances = vector("translation", translation, axes.length);
    for (const [i, given] of axes.entries()) {
      const axis = axisOf(given, rank, "scaleAndTranslate");
      const weights = openWeights(
        {
          from: dimension(current, axis),
          to: shape[axis]!,
          scale: scales[i]!,
          translation: distances[i]!,
          method: kernels[options.method],
          antialias: options.antialias,
        },
        dtypeOf(current),
      );
      const behind = moveaxis(current, { source: axis, destination: -1 });
      current = moveaxis(prim("matmul", [behind, weights]), { source: -1, destination: axis });
    }
    return reshapeTo(current, shape);
  },
});

/** The numbers of a vector of a known length, as scalars of float32. */
function vector(name: string, given: unknown, length: number): Numeric[] {
  const list = tensorOfList(given);
  const operand = isOperand(list) ? asDType(asOperand(list), "float32") : null;
  if (operand === null || rankOf(operand) !== 1 || operand.shape[0] !== length) {
    const expected = `${name} to be ${length} numbers, one for each of spatial_dims`;
    throw new ShapeError("scaleAndTranslate", `expected ${expected}, received ${inspect(given)}.`);
  }
  return Array.from({ length }, (_, i) => reshapeTo(sliceAxis(operand, 0, i, i + 1), []));
}
