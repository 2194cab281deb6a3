import type { KerasTensor } from "../graph/graph.ts";
import { checkOptions } from "../json/check-options.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { checkDType } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { binary, type Op, unary } from "./define.ts";
import { broadcastTo, type Dimension, dimensions, filled } from "./dimensions.ts";
import { asDType, asOperand, type OperandLike } from "./operands.ts";
import { dtype as dtypeField, targetShape } from "./value-kinds.ts";

/** Settings of ops that make tensors. */
export interface CreationOptions {
  /** Defaults to float32. */
  readonly dtype?: DType | null | undefined;
}

export function dtypeIn(where: string, options: CreationOptions, byDefault: DType = "float32"): DType {
  checkOptions(where, options, { dtype: true });
  const dtype = options.dtype ?? byDefault;
  checkDType(dtype);
  return dtype;
}

/** Zeros; dimensions may be scalars that a program knows when it runs. */
export function zeros(shape: readonly Dimension[], options: CreationOptions = {}): Numeric {
  return filled(shape, 0, dtypeIn("zeros", options));
}

export function ones(shape: readonly Dimension[], options: CreationOptions = {}): Numeric {
  return filled(shape, 1, dtypeIn("ones", options));
}

/** A tensor of some shape whose values do not matter; here they are 0. */
export function empty(shape: readonly Dimension[], options: CreationOptions = {}): Numeric {
  return filled(shape, 0, dtypeIn("empty", options));
}

/** One value everywhere, or values that broadcast to the shape. */
export interface FullOp extends Op {
  (shape: readonly Dimension[], fill: KerasTensor, options?: CreationOptions): KerasTensor;
  (shape: readonly Dimension[], fill: OperandLike, options?: CreationOptions): Numeric;
}

const filledWith = /* @__PURE__ */ unary(
  "numpy.Full",
  (fill, { shape, dtype }) => broadcastTo(asDType(fill, dtype ?? "float32"), shape),
  () => ({
    /** The shape of the result. */
    shape: targetShape(),
    /** The dtype of the result. Defaults to float32. */
    dtype: dtypeField(null),
  }),
  { tensors: ["fill_value"] },
);

/** One value everywhere, or values that broadcast to the shape. */
export const full = /* @__PURE__ */ Object.assign(
  (shape: readonly Dimension[], fill: KerasTensor | OperandLike, options: CreationOptions = {}) => {
    dtypeIn("full", options);
    return filledWith(fill, { shape, ...options });
  },
  { Operation: filledWith.Operation },
) as FullOp;

const dtypeOption = () => ({
  /** The dtype of the result. Defaults to that of the tensor. */
  dtype: dtypeField(null),
});

export const zerosLike = /* @__PURE__ */ unary(
  "numpy.ZerosLike",
  (x, { dtype }) => alike(x, 0, dtype),
  dtypeOption,
);
/** A tensor of the same shape whose values do not matter; here they are 0. */
export const emptyLike = /* @__PURE__ */ unary(
  "numpy.EmptyLike",
  (x, { dtype }) => alike(x, 0, dtype),
  dtypeOption,
);
export const onesLike = /* @__PURE__ */ unary(
  "numpy.OnesLike",
  (x, { dtype }) => alike(x, 1, dtype),
  dtypeOption,
);
/** The second argument everywhere, in the shape of the first. */
export const fullLike = /* @__PURE__ */ binary(
  "numpy.FullLike",
  (x, fill, { dtype }) => alike(x, fill, dtype),
  dtypeOption,
  { tensors: ["x", "fill_value"] },
);

function alike(x: OperandLike, fill: OperandLike, dtype: DType | null): Numeric {
  return broadcastTo(asDType(fill, dtype ?? dtypeOf(asOperand(x))), dimensions(x));
}
