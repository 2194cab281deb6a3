import type { Variable } from "../program/variable.ts";
import type { FileSum } from "./file-sum.ts";
import { type Place, StoredTensor } from "./stored-tensor.ts";

/** What is read at once. */
const pieceSize = 2 ** 22;

/** Bytes of a file in order, piece by piece, and the sum of the file that they are from, where it has one. */
export interface Pieces extends AsyncIterable<Uint8Array> {
  readonly sum: FileSum | undefined;
}

/**
 * Memory for pieces, one after the other: who takes a piece has done with it when they ask for the next but one. So there
 * are three, that which is read and the two behind it.
 */
export class PieceRoom {
  readonly #rooms: Uint8Array[] = [];
  #turn = 0;

  next(length: number): Uint8Array {
    const i = this.#turn++ % 3;
    this.#rooms[i] ??= new Uint8Array(pieceSize);
    return this.#rooms[i].subarray(0, length);
  }
}

/**
 * The bytes of a value that is still in a file, for writing, in a room where there is one; undefined where it has to be read
 * whole.
 */
export function piecesForWriting({ source }: Variable, room?: PieceRoom): Pieces | undefined {
  if (!(source instanceof StoredTensor)) return undefined;
  const { place, sum } = source;
  return place && { sum, [Symbol.asyncIterator]: () => readAhead(place, room) };
}

/** A range piece by piece: one is read while the one before it is used. */
async function* readAhead(
  { source, offset, length }: Place,
  room: PieceRoom | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const pieceAt = async (at: number) => {
    const size = Math.min(pieceSize, length - at);
    if (!room || !source.readInto) return source.read(offset + at, size);
    const piece = room.next(size);
    await source.readInto(offset + at, piece);
    return piece;
  };
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
