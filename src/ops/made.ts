import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { calling } from "../program/calling.ts";
import type { Numeric } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import { fromNumbers } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { noRoomFor } from "../tensor/new-array.ts";
import { isStaticShape } from "../tensor/shape.ts";

/** The numbers that an operation makes for itself. Where only shapes are worked out there are none: a file may say a billion. */
export function made(
  where: string,
  shape: readonly number[],
  dtype: DType,
  numbers: () => ArrayLike<number>,
): Numeric {
  if (!isStaticShape(shape)) throw tooMany(where, shape);
  const { within } = calling();
  if (within !== null && within.builder === null) return new Value(shape, dtype);
  try {
    return fromNumbers(dtype, shape, numbers());
  } catch (cause) {
    throw noRoomFor(where, shape, cause);
  }
}

/** Refuses to do something once more for each of so many that nothing would end. */
export function checkTimes(where: string, what: string, times: number, most = 10_000): void {
  if (Number.isSafeInteger(times) && times >= 0 && times <= most) return;
  throw new ShapeError(where, `expected ${what} from 0 to ${most}, received ${inspect(times)}.`);
}

function tooMany(where: string, shape: readonly number[]): ShapeError {
  return new ShapeError(where, `expected sizes that fit into memory, received ${inspect(shape)}.`);
}
