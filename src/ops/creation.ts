import { ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { checkDType, fromNumbers } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { newArray } from "../tensor/new-array.ts";
import { isStaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { calculate, type Dimension } from "./dimensions.ts";
import { type CreationOptions, dtypeIn } from "./filling.ts";
import { made } from "./made.ts";
import { asDType, isOperand } from "./operands.ts";

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
