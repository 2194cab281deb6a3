import type { Variable } from "../program/variable.ts";
import type { FileSum } from "./file-sum.ts";
import { type Place, StoredTensor } from "./stored-tensor.ts";

/** What is read at once. */
const pieceSize = 2 ** 22;

/** Bytes of a file in order, piece by piece, and the sum of the file that they are from, where it has one. */
export interface Pieces extends AsyncIterable<Uint8Array> {
  readonly sum: FileSum | undefined;
}

/** The bytes of a value that is still in a file, for writing; undefined where it has to be read whole. */
export function piecesForWriting({ source }: Variable): Pieces | undefined {
  if (!(source instanceof StoredTensor)) return undefined;
  const { place, sum } = source;
  return place && { sum, [Symbol.asyncIterator]: () => readAhead(place) };
}

/** A range piece by piece: one is read while the one before it is used. */
async function* readAhead({ source, offset, length }: Place): AsyncGenerator<Uint8Array, void, undefined> {
  const pieceAt = (at: number) => source.read(offset + at, Math.min(pieceSize, length - at));
  let next = pieceAt(0);
  for (let at = 0; at < length; at += pieceSize) {
    const piece = await next;
    const behind = at + pieceSize;
    if (behind < length) {
      next = pieceAt(behind);
      // Who stops here does not wait for it.
      next.catch(() => undefined);
    }
    yield piece;
  }
}
