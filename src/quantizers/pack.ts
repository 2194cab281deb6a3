import { ShapeError } from "../errors.ts";
import { checkOption, checkOptions, type OptionKind } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { aCount } from "../json/option-kinds.ts";
import { add, multiply, subtract } from "../ops/arithmetic.ts";
import { axisOf } from "../ops/axes.ts";
import { checkTensors } from "../ops/check-tensors.ts";
import { less, where } from "../ops/comparison.ts";
import { cast } from "../ops/core.ts";
import { floorDivide, mod } from "../ops/division.ts";
import { pad } from "../ops/indexing.ts";
import { reshape } from "../ops/reshaping.ts";
import { sliceAxis } from "../ops/slice-axis.ts";
import { stack } from "../ops/stacking.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import type { Shape } from "../tensor/shape.ts";

/** How numbers of 4 bits lie in bytes. */
export interface PackOptions {
  /** The axis along which two are in one byte. Defaults to 0. */
  readonly axis?: number | undefined;
  /** Whether they have a sign, from -8 to 7 (`"int8"`), or are from 0 to 15 (`"uint8"`). Defaults to "int8". */
  readonly dtype?: "int8" | "uint8" | undefined;
}

/**
 * Two integers of 4 bits in each byte, the first in its lower half; gives the bytes, their shape and how long the axis was.
 * An odd length is filled up with 0. Source: Keras 3.15 `quantizers/quantizers.py`.
 *
 * @example
 * const [packed] = packInt4(tensor([[-3, 7], [2, -8], [1, 0]], { dtype: "int8" }));
 * packed.shape; // [2, 2]
 */
export function packInt4(
  arr: Operand,
  options: PackOptions = {},
): [packed: Numeric, shape: Shape, length: number] {
  checkTensors("packInt4", { arr });
  const { axis, dtype } = optionsOf("packInt4", options);
  const { shape } = arr;
  if (dtypeOf(arr) !== dtype)
    throw new ShapeError("packInt4", `expected ${dtype}, received ${dtypeOf(arr)}.`);
  const at = axisOf(axis, shape.length, "packInt4");
  const length = shape[at];
  if (typeof length !== "number")
    throw new ShapeError("packInt4", `expected a known size of axis ${at}, received ${inspect(shape)}.`);
  const widths = shape.map((_, i) => [0, i === at ? length % 2 : 0]);
  const whole = cast(pad(cast(arr, { dtype: "int32" }), { pad_width: widths }), { dtype: "int32" });
  const pairs = reshape(whole, { newshape: shape.toSpliced(at, 1, Math.ceil(length / 2), 2) as number[] });
  const [low, high] = [0, 1].map((half) => mod(sliceAxis(pairs, at + 1, half, half + 1), 16));
  const bytes = add(low!, multiply(high!, 16));
  const packedShape = shape.with(at, Math.ceil(length / 2));
  const packed = reshape(cast(signed(bytes, dtype, 256), { dtype }), { newshape: packedShape as number[] });
  return [packed, packedShape, length];
}

/**
 * The integers of 4 bits that {@link packInt4} put into bytes; `length` is how many there are along the axis.
 *
 * @example
 * const [packed, , length] = packInt4(tensor([[-3], [2], [1]], { dtype: "int8" }));
 * unpackInt4(packed, length).shape; // [3, 1]
 */
export function unpackInt4(packed: Operand, length: number, options: PackOptions = {}): Numeric {
  checkTensors("unpackInt4", { packed });
  const { axis, dtype } = optionsOf("unpackInt4", options);
  const { shape } = packed;
  if (!["int8", "uint8"].includes(dtypeOf(packed)))
    throw new ShapeError("unpackInt4", `expected int8 or uint8, received ${dtypeOf(packed)}.`);
  const at = axisOf(axis, shape.length, "unpackInt4");
  checkLength(length, shape[at] ?? null);
  const bytes = mod(cast(packed, { dtype: "int32" }), 256);
  const halves = [mod(bytes, 16), floorDivide(bytes, 16)].map((half) => signed(half, dtype, 16));
  const pairs = stack(halves, { axis: at + 1 });
  const together = reshape(pairs, { newshape: shape.with(at, 2 * (shape[at] ?? 0)) as number[] });
  return cast(sliceAxis(together, at, 0, length), { dtype });
}

const aByte: OptionKind = ['"int8" or "uint8"', (given) => given === "int8" || given === "uint8"];

/** The options of both, with what they are where nothing is given. */
function optionsOf(where: string, options: PackOptions): { axis: number; dtype: "int8" | "uint8" } {
  checkOptions(where, options, { axis: true, dtype: true });
  checkOption(where, options, "dtype", aByte);
  return { axis: options.axis ?? 0, dtype: options.dtype ?? "int8" };
}

/** Complains about a length that so many bytes do not have; null is any number of them. */
function checkLength(length: unknown, bytes: number | null): void {
  const most = bytes === null ? Number.POSITIVE_INFINITY : 2 * bytes;
  if (aCount[1](length) && Number(length) <= most) return;
  const expected = bytes === null ? aCount[0] : `an integer from 0 to ${most}`;
  const received = length === undefined ? "nothing" : inspect(length);
  throw new ShapeError("unpackInt4", `expected length to be ${expected}, received ${received}.`);
}

/** Numbers of some bits, of which the upper half are negative ones where the dtype has a sign. */
function signed(x: Numeric, dtype: "int8" | "uint8", count: number): Numeric {
  return dtype === "uint8" ? x : where(less(x, count / 2), x, subtract(x, count));
}
