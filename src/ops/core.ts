import { KerasTensor } from "../graph/graph.ts";
import { checkOptions } from "../json/check-options.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { checkDType, fromNested, type NestedArray } from "../tensor/create.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { resultType } from "../tensor/promote.ts";
import type { Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { unary } from "./define.ts";
import { type Dimension, dimensions, product } from "./dimensions.ts";
import { Float } from "./float.ts";
import { dtype as dtypeField } from "./kinds.ts";
import { asDType, asOperand, asResult, isOperand, type OperandLike, typeOf } from "./operands.ts";

/** The same values in another dtype. */
export const cast = /* @__PURE__ */ unary(
  "core.Cast",
  (x, { dtype }) => asResult(asDType(x, dtype)),
  () => ({
    /** The dtype of the result. */
    dtype: dtypeField(),
  }),
);

/** The same values in another dtype; what that cannot hold becomes the nearest that it can. */
export const saturateCast = /* @__PURE__ */ unary(
  "core.SaturateCast",
  (x, { dtype }) => {
    const operand = asOperand(x);
    const range = rangeOf(dtype);
    if (!range || dtypeOf(operand) === "bool") return asResult(asDType(operand, dtype));
    const own = rangeOf(dtypeOf(operand));
    const min = Math.max(range[0], own?.[0] ?? range[0]);
    const max = Math.min(range[1], own?.[1] ?? range[1]);
    return asResult(asDType(prim("clamp", [operand], { min, max }), dtype));
  },
  () => ({
    /** The dtype of the result. */
    dtype: dtypeField(),
  }),
);

/** The same values; gradients do not flow through. */
export const stopGradient = /* @__PURE__ */ unary(
  "core.StopGradient",
  (x) => {
    const operand = asOperand(x);
    return operand instanceof Tensor ? operand : prim("stop_gradient", [operand]);
  },
  undefined,
  { tensors: ["variable"] },
);

/** The shape: numbers, and scalars for what a program knows only when it runs. */
export function shape(x: OperandLike): Dimension[];
/** The shape of a KerasTensor; null is not known. */
export function shape(x: KerasTensor): Shape;
export function shape(x: KerasTensor | OperandLike): Shape | Dimension[] {
  return x instanceof KerasTensor ? x.shape : dimensions(x);
}

/** Numbers, nested lists of them or a tensor, as a tensor. */
export function convertToTensor(
  x: OperandLike | NestedArray,
  options: {
    /** The dtype of the tensor. Defaults to that of the values. */
    readonly dtype?: DType | null | undefined;
  } = {},
): Numeric {
  checkOptions("convertToTensor", options, { dtype: true });
  const dtype = options.dtype ?? undefined;
  if (dtype !== undefined) checkDType(dtype);
  if (isOperand(x)) return asResult(dtype ? asDType(x, dtype) : x);
  if (typeof x === "object" && !(x instanceof Float)) return fromNested(x as NestedArray, dtype);
  return asResult(asDType(x as OperandLike, dtype ?? resultType(typeOf(x as OperandLike))));
}

/** The least and greatest integer of a dtype; null for floats. */
function rangeOf(dtype: DType): [number, number] | null {
  if (isFloat(dtype) || dtype === "bool") return null;
  const bits = Number(/\d+/.exec(dtype)![0]);
  return dtype.startsWith("u") ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

/** How many elements there are. */
export const size = /* @__PURE__ */ unary("numpy.Size", (x) =>
  asResult(asDType(product(dimensions(x)), "int32")),
);

/** How many dimensions there are. */
export const ndim = /* @__PURE__ */ unary("numpy.Ndim", (x) =>
  asResult(asDType(dimensions(x).length, "int32")),
);
