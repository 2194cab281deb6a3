import { ShapeError } from "../errors.ts";
import { arrayType, type DType, type TypedArray } from "./dtype.ts";
import { formatShape, type StaticShape, sizeOf } from "./shape.ts";

/** An array of zeros for the elements of a tensor; a {@link ShapeError} where the platform has no room for as many. */
export function newArray(where: string, dtype: DType, shape: StaticShape): TypedArray {
  try {
    return new (arrayType(dtype))(sizeOf(shape));
  } catch (cause) {
    throw noRoomFor(where, shape, cause);
  }
}

/** Whether an error of the platform says that an array was too large for it. */
export function saysNoRoom(error: unknown): boolean {
  return error instanceof RangeError && /array|buffer|memory/i.test(error.message);
}

/** The error for a shape that the platform said there is no room for; any other error is given back. */
export function noRoomFor(where: string, shape: StaticShape, cause: unknown): unknown {
  if (!saysNoRoom(cause)) return cause;
  const message = `expected sizes that fit into memory, received ${formatShape(shape)}.`;
  return new ShapeError(where, message, { cause });
}
