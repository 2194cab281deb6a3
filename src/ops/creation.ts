import { ShapeError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { checkDType, fromNumbers } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { newArray } from "../tensor/new-array.ts";
import { isStaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { binary, type Op, unary } from "./define.ts";
import { broadcastTo, calculate, type Dimension, dimensions, filled } from "./dimensions.ts";
import { dtype as dtypeField, targetShape } from "./kinds.ts";
import { made } from "./made.ts";
import { asDType, asOperand, isOperand, type OperandLike } from "./operands.ts";

/** Settings of ops that make tensors. */
export interface CreationOptions {
  /** Defaults to float32. */
  readonly dtype?: DType | null | undefined;
}

function dtypeIn(where: string, options: CreationOptions, byDefault: DType = "float32"): DType {
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

/** 0, 1, 2, … up to before `stop`, which may be a scalar that a program knows when it runs. */
export function arange(stop: Dimension, options?: CreationOptions): Numeric;
/** `start`, `start + step`, … up to before `stop`. */
export function arange(start: Dimension, stop: Dimension, step?: number, options?: CreationOptions): Numeric;
export function arange(...args: readonly (Dimension | CreationOptions | undefined)[]): Numeric {
  const given = args.filter((arg) => arg !== undefined);
  const last = given.at(-1);
  const options = isPlain(last) ? (last as CreationOptions) : {};
  const numbers = (isPlain(last) ? given.slice(0, -1) : given) as Dimension[];
  for (const number of numbers) {
    if (Number.isFinite(number) || isOperand(number)) continue;
    throw new ShapeError("arange", `expected a number, received ${inspect(number)}.`);
  }
  if (numbers.length < 1 || numbers.length > 3) {
    throw new ShapeError("arange", `expected 1 to 3 numbers, received ${numbers.length}.`);
  }
  const [start, stop, step = 1] = numbers.length === 1 ? [0, numbers[0]!] : numbers;
  const isWhole = numbers.every((n) => typeof n !== "number" || Number.isInteger(n));
  const dtype = dtypeIn("arange", options, isWhole ? "int32" : "float32");
  if (typeof start === "number" && typeof stop === "number" && typeof step === "number") {
    const count = Math.max(0, Math.ceil((stop - start) / step));
    return made("arange", [count], dtype, () => new Float64Array(count).map((_, i) => start + i * step));
  }
  return openRange(start!, stop!, Number(step), dtype);
}

function openRange(start: Dimension, stop: Dimension, step: number, dtype: DType): Numeric {
  const span = calculate("sub", stop, start);
  const length = calculate(
    "max",
    calculate("floor_div", calculate("add", span, step - Math.sign(step)), step),
    0,
  );
  const indices = prim("iota", [length as Numeric], { length: -2, dtype });
  const scaled = step === 1 ? indices : prim("mul", [indices, asDType(step, dtype)]);
  return start === 0 ? scaled : prim("add", [scaled, asDType(start, dtype)]);
}

/** The identity matrix, or one with ones on the `k`-th diagonal above it. */
export function eye(
  n: number,
  m: number = n,
  options: CreationOptions & {
    /** Which diagonal: above the main one where positive, below where negative. Defaults to 0. */
    readonly k?: number;
  } = {},
): Tensor {
  checkOptions("eye", options, { dtype: true, k: true });
  const { k = 0 } = options;
  return matrixOf("eye", n, m, options, (row, column) => column - row === k);
}

/** The identity matrix of `n` rows. */
export function identity(n: number, options: CreationOptions = {}): Tensor {
  return eye(n, n, options);
}

/** Ones on the `k`-th diagonal and below it, else 0. */
export function tri(
  n: number,
  m: number = n,
  options: CreationOptions & {
    /** Which diagonal: above the main one where positive, below where negative. Defaults to 0. */
    readonly k?: number;
  } = {},
): Tensor {
  checkOptions("tri", options, { dtype: true, k: true });
  const { k = 0 } = options;
  return matrixOf("tri", n, m, options, (row, column) => column - row <= k);
}

/** Ones where a condition holds of row and column, else 0. */
function matrixOf(
  where: string,
  n: number,
  m: number,
  { dtype = "float32" }: CreationOptions,
  isOne: (row: number, column: number) => boolean,
): Tensor {
  const own = dtype ?? "float32";
  checkDType(own);
  if (!isStaticShape([n, m])) {
    throw new ShapeError(where, `expected numbers of rows and columns, received ${inspect([n, m])}.`);
  }
  const numbers = newArray(where, "float64", [n, m]) as Float64Array;
  const filled = numbers.map((_, i) => (isOne(Math.floor(i / m), i % m) ? 1 : 0));
  return fromNumbers(own, [n, m], filled);
}

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
