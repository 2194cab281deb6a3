import { ConfigError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { divide, multiply } from "../ops/arithmetic.ts";
import { checkTensors } from "../ops/check-tensors.ts";
import { clip } from "../ops/clipping.ts";
import { greater, greaterEqual, where } from "../ops/comparison.ts";
import { cast } from "../ops/core.ts";
import { absolute, reciprocal } from "../ops/elementwise.ts";
import type { OperandLike } from "../ops/operands.ts";
import { max } from "../ops/reduction.ts";
import { reshape } from "../ops/reshaping.ts";
import { round } from "../ops/rounding.ts";
import { scatterUpdate } from "../ops/scatter.ts";
import { roll } from "../ops/transposing.ts";
import { isfinite } from "../ops/truths.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { fromNested } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";

/** A float of 8 bits: the largest number it has, the least exponent of a normal one, and the bits of its mantissa. */
interface Float8 {
  readonly largest: number;
  readonly lowest: number;
  readonly mantissa: number;
}

const formats: Readonly<Record<string, Float8>> = {
  float8_e4m3fn: { largest: 448, lowest: -6, mantissa: 3 },
  float8_e5m2: { largest: 57344, lowest: -14, mantissa: 2 },
};

/** The names of the floats of 8 bits: `float8_e4m3fn` for what is computed, `float8_e5m2` for gradients. */
export type Float8Name = "float8_e4m3fn" | "float8_e5m2";

/** The facts of a float of 8 bits. */
export function float8(name: Float8Name): Float8 {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format) return format;
  const expected = Object.keys(formats).join(" or ");
  throw new ConfigError("float8", `expected ${expected}, received ${inspect(name)}.`);
}

/**
 * What is left of numbers where they are divided by a scale, brought to 8 bits and multiplied by it again; what is too large
 * becomes the largest that there is. Source: Keras 3.6 `quantizers/quantizers.py`.
 *
 * @example
 * const x = quantizeAndDequantize(tensor([0.3, 1000]), 1, "float8_e4m3fn", "float32");
 * console.log(String(x)); // a tensor of 0.3125 and 448
 */
export function quantizeAndDequantize(
  inputs: OperandLike,
  scale: OperandLike,
  quantized_dtype: Float8Name,
  compute_dtype: DType,
): Numeric {
  const format = float8(quantized_dtype);
  const factor = cast(scale, { dtype: compute_dtype });
  const scaled = divide(inputs, factor);
  const within = clip(scaled, { x_min: -format.largest, x_max: format.largest });
  return multiply(cast(toFloat8(within, format), { dtype: compute_dtype }), factor);
}

/** Numbers within a format's range, to its nearest: halves to even. */
function toFloat8(x: Numeric, { lowest, mantissa }: Float8): Numeric {
  const wide = cast(x, { dtype: "float32" });
  const size = absolute(wide);
  // The power of two below each number, found bit by bit: comparing is exact, logarithms are not.
  let power: Numeric | null = null;
  for (const step of [16, 8, 4, 2, 1]) {
    const below: OperandLike = power ?? 2 ** lowest;
    const above: OperandLike = power ? multiply(power, 2 ** step) : 2 ** (lowest + step);
    power = where(greaterEqual(size, above), above, below);
  }
  const unit = multiply(power ?? 1, 2 ** -mantissa);
  return multiply(round(divide(wide, unit)), unit);
}

/**
 * The scale for numbers whose largest absolute value is `amax`, so that it becomes the largest that the dtype has; the scale
 * stays as it is where `amax` is 0 or not finite. Source: Keras 3.6 `quantizers/quantizers.py`.
 */
export function computeFloat8Scale(
  amax: OperandLike,
  scale: OperandLike,
  dtype_max: OperandLike,
  margin = 0,
): Numeric {
  const inverse = reciprocal(scale);
  const wanted = divide(divide(dtype_max, amax), 2 ** margin);
  const known = where(greater(amax, 0), wanted, inverse);
  return reciprocal(where(isfinite(amax), known, inverse));
}

/** The history of largest absolute values, with that of `x` in front and the oldest left out. */
export function computeFloat8AmaxHistory(x: Operand, amax_history: Operand): Numeric {
  checkTensors("computeFloat8AmaxHistory", { x, amax_history });
  const largest = cast(max(absolute(x)), { dtype: dtypeOf(amax_history) });
  const moved = roll(amax_history, { shift: -1 });
  return scatterUpdate(moved, fromNested([[0]], "int32"), reshape(largest, { newshape: [1] }));
}
