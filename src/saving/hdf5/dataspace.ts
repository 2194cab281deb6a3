import type { Cursor } from "./cursor.ts";

/** How many elements there are, along which axes. */
export interface Dataspace {
  readonly shape: readonly number[];
  /** How far each axis may grow; undefined where that has no limit, which all bits set say. */
  readonly maxShape: readonly (number | undefined)[];
  /** Without any element, not even a scalar's one. */
  readonly isNull: boolean;
  readonly elements: number;
}

const maxRank = 32;

export function readDataspace(cursor: Cursor): Dataspace {
  const version = cursor.u8();
  cursor.expect("version", version, 1, 2);
  const rank = cursor.u8();
  const flags = cursor.u8();
  const type = cursor.u8();
  if (version === 1) cursor.skip(4);
  if (rank > maxRank) throw cursor.error(`expected at most ${maxRank} dimensions, received ${rank}.`);
  const isNull = version === 2 && type === 2;
  const shape = Array.from({ length: rank }, () => cursor.length());
  const maxShape = flags & 1 ? shape.map(() => cursor.optionalUint(cursor.spot.file.lengthSize)) : shape;
  for (let axis = 0; axis < rank; axis++) {
    if (shape[axis]! > (maxShape[axis] ?? Number.POSITIVE_INFINITY)) {
      throw cursor.error(
        `expected dimension ${axis} to be at most ${maxShape[axis]}, received ${shape[axis]}.`,
      );
    }
  }
  const elements = isNull ? 0 : shape.reduce((size, dimension) => size * dimension, 1);
  if (!Number.isSafeInteger(elements)) {
    throw cursor.error(`expected fewer than 2**53 elements, received the shape [${shape.join(", ")}].`);
  }
  return { shape: isNull ? [0] : shape, maxShape: isNull ? [0] : maxShape, isNull, elements };
}
