import { aBoolean, nullable, optional } from "../fields/kinds.ts";
import { KerasTensor } from "../graph/graph.ts";
import { checkOptions } from "../json/check-options.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { checkDType, fromNested, type NestedArray } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { resultType } from "../tensor/promote.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Op, unary } from "./define.ts";
import { Float } from "./float.ts";
import { asDType, asOperand, asResult, isOperand, type OperandLike, typeOf } from "./operands.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

/** The same values in another dtype. */
export const cast = /* @__PURE__ */ unary(
  "core.Cast",
  (x, { dtype }) => asResult(asDType(x, dtype)),
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

/** Settings of what makes tensors of values. */
export interface ArrayOptions {
  /** The dtype of the tensor. Defaults to that of the values. */
  readonly dtype?: DType | null | undefined;
}

/** Settings of `convertToTensor`. */
export interface ConvertOptions extends ArrayOptions {
  /** Whether a KerasTensor is sparse, kept as data. Defaults to null. */
  readonly sparse?: boolean | null;
  /** Whether a KerasTensor is ragged, kept as data. Defaults to null. */
  readonly ragged?: boolean | null;
}

/** An op that makes a tensor of values, or of a KerasTensor one more. */
export interface ConvertOp<Options> extends Op {
  (x: KerasTensor, options?: Options): KerasTensor;
  (x: OperandLike | NestedArray, options?: Options): Numeric;
  (x: KerasTensor | OperandLike | NestedArray, options?: Options): KerasTensor | Numeric;
}

const dtypeOption = () => ({
  /** The dtype of the result. Defaults to that of the values. */
  dtype: dtypeField(null),
});

/** Numbers, nested lists of them or a tensor, as a tensor. */
export const convertToTensor = /* @__PURE__ */ converting<ConvertOptions>(
  unary(
    "core.ConvertToTensor",
    (x, { dtype }) => converted(x, dtype),
    () => ({
      ...dtypeOption(),
      /** Whether the tensor is sparse, kept as data. Defaults to null. */
      sparse: optional(nullable(aBoolean), null),
      /** Whether the tensor is ragged, kept as data. Defaults to null. */
      ragged: optional(nullable(aBoolean), null),
    }),
  ),
  (options) => checkOptions("convertToTensor", options, { dtype: true, sparse: true, ragged: true }),
);

/** Numbers, nested lists of them or a tensor, as a tensor: the same as `convertToTensor`. */
export const array = /* @__PURE__ */ converting<ArrayOptions>(
  unary("numpy.Array", (x, { dtype }) => converted(x, dtype), dtypeOption),
  (options) => checkOptions("array", options, { dtype: true }),
);

function converting<Options extends ArrayOptions>(
  op: Op & ((x: KerasTensor, options?: Options) => KerasTensor),
  check: (options: Options) => void,
): ConvertOp<Options> {
  const convert = (x: KerasTensor | OperandLike | NestedArray, options?: Options) => {
    if (options) check(options);
    return x instanceof KerasTensor ? op(x, options) : converted(x, options?.dtype ?? null);
  };
  return Object.assign(convert, { Operation: op.Operation }) as ConvertOp<Options>;
}

function converted(x: OperandLike | NestedArray, dtype: DType | null): Numeric {
  if (dtype !== null) checkDType(dtype);
  if (isOperand(x)) return asResult(dtype ? asDType(x, dtype) : x);
  if (typeof x === "object" && !(x instanceof Float)) return fromNested(x as NestedArray, dtype ?? undefined);
  return asResult(asDType(x as OperandLike, dtype ?? resultType(typeOf(x as OperandLike))));
}
