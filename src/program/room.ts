import { ModelError } from "../errors.ts";
import { bytesPerElement, type DType } from "../tensor/dtype.ts";
import { saysNoRoom } from "../tensor/new-array.ts";
import { formatShape, type StaticShape, sizeOf } from "../tensor/shape.ts";
import { FirstValue } from "./first-value.ts";

/** No array of a browser has as many bytes. */
const TOO_LARGE = 2 ** 33;

/** What has to be found room for. */
interface Wanted {
  readonly path: string;
  readonly shape: StaticShape;
  readonly dtype: DType;
  readonly source: unknown;
}

/** Refuses first values that no array can hold, before the first of them is made. */
export function checkRoom(variables: Iterable<Wanted>): void {
  for (const wanted of variables)
    if (wanted.source instanceof FirstValue && bytesOf(wanted) >= TOO_LARGE) throw noRoom(wanted);
}

/** An error of making an array as what it means, if it says that there is no room. */
export function asNoRoom(wanted: Wanted, error: unknown): unknown {
  return saysNoRoom(error) ? noRoom(wanted, { cause: error }) : error;
}

function noRoom(wanted: Wanted, options?: ErrorOptions): ModelError {
  const { path, shape, dtype } = wanted;
  const message = `expected memory for a ${dtype} variable of shape ${formatShape(shape)}, ${bytesOf(wanted)} bytes, received none.`;
  return new ModelError(path, message, options);
}

function bytesOf({ shape, dtype }: Wanted): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}
