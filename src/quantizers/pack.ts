import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { add, floorDivide, mod, multiply, subtract } from "../ops/arithmetic.ts";
import { axisOf } from "../ops/axes.ts";
import { checkTensors } from "../ops/check-tensors.ts";
import { less, where } from "../ops/comparison.ts";
import { cast } from "../ops/core.ts";
import { pad } from "../ops/indexing.ts";
import { stack } from "../ops/joining.ts";
import { reshape, sliceAxis } from "../ops/reshaping.ts";
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
  { axis = 0, dtype = "int8" }: PackOptions = {},
): [packed: Numeric, shape: Shape, length: number] {
  checkTensors("packInt4", { arr });
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
export function unpackInt4(
  packed: Operand,
  length: number,
  { axis = 0, dtype = "int8" }: PackOptions = {},
): Numeric {
  checkTensors("unpackInt4", { packed });
  const { shape } = packed;
  if (!["int8", "uint8"].includes(dtypeOf(packed)))
    throw new ShapeError("unpackInt4", `expected int8 or uint8, received ${dtypeOf(packed)}.`);
  const at = axisOf(axis, shape.length, "unpackInt4");
  const bytes = mod(cast(packed, { dtype: "int32" }), 256);
  const halves = [mod(bytes, 16), floorDivide(bytes, 16)].map((half) => signed(half, dtype, 16));
  const pairs = stack(halves, { axis: at + 1 });
  const together = reshape(pairs, { newshape: shape.with(at, 2 * (shape[at] ?? 0)) as number[] });
  return cast(sliceAxis(together, at, 0, length), { dtype });
}

/** Numbers of some bits, of which the upper half are negative ones where the dtype has a sign. */
function signed(x: Numeric, dtype: "int8" | "uint8", count: number): Numeric {
  return dtype === "uint8" ? x : where(less(x, count / 2), x, subtract(x, count));
}
