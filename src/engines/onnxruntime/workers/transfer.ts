import type { TypedArray } from "../../../tensor/dtype.ts";
import { nextTurn } from "../../../turn.ts";
import type { SentTensor } from "./messages.ts";

/** How many bytes are copied before others have their turn: about two milliseconds of work. */
const PIECE = 4 * 2 ** 20;

/** A copy with a buffer of its own, made in pieces. */
export async function copied(data: TypedArray): Promise<TypedArray> {
  if (data.byteLength <= PIECE) return data.slice();
  const bytes = new Uint8Array(data.byteLength);
  const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let start = 0; start < bytes.length; start += PIECE) {
    if (start > 0) await nextTurn();
    bytes.set(source.subarray(start, start + PIECE), start);
  }
  const ArrayType = data.constructor as new (buffer: ArrayBuffer) => TypedArray;
  return new ArrayType(bytes.buffer);
}

/** The bytes of all parts in copies that can be given away, none longer than a piece. */
export function* pieces(parts: readonly Uint8Array[], most = PIECE): Generator<Uint8Array<ArrayBuffer>> {
  let left = parts.reduce((size, part) => size + part.length, 0);
  let piece = new Uint8Array(Math.min(most, left));
  let filled = 0;
  for (const part of parts) {
    for (let start = 0; start < part.length; ) {
      const some = part.subarray(start, start + piece.length - filled);
      piece.set(some, filled);
      start += some.length;
      filled += some.length;
      left -= some.length;
      if (filled < piece.length) continue;
      yield piece;
      piece = new Uint8Array(Math.min(most, left));
      filled = 0;
    }
  }
}

/** The buffers to hand over with tensors, each once. */
export function buffersOf(tensors: Readonly<Record<string, SentTensor>>): ArrayBuffer[] {
  return [...new Set(Object.values(tensors).map(({ data }) => data.buffer as ArrayBuffer))];
}
