import type { ByteSource } from "./byte-source.ts";
import { allocate, checkRange } from "./range.ts";

interface Part {
  readonly source: ByteSource;
  /** Where it begins in the whole. */
  readonly start: number;
}

interface Piece {
  readonly source: ByteSource;
  readonly offset: number;
  readonly length: number;
}

/** Files one behind the other as one source. `name` is what errors call it. */
export function joinedSource(sources: readonly ByteSource[], name: string): ByteSource {
  const [only] = sources;
  if (only && sources.length === 1) return only;
  let size = 0;
  const parts: Part[] = sources.map((source) => {
    const start = size;
    size += source.size;
    return { source, start };
  });
  const piecesOf = (offset: number, length: number): Piece[] => {
    checkRange(name, size, offset, length);
    return piecesIn(parts, offset, offset + length);
  };
  const joined: ByteSource = {
    size,
    async read(offset, length, signal) {
      const pieces = piecesOf(offset, length);
      const read = ({ source, offset, length }: Piece) => source.read(offset, length, signal);
      return join(await Promise.all(pieces.map(read)), length, name);
    },
  };
  if (!sources.every(({ readSync }) => readSync)) return joined;
  const readSync = (offset: number, length: number) =>
    join(
      piecesOf(offset, length).map(({ source, offset, length }) => source.readSync!(offset, length)),
      length,
      name,
    );
  return { ...joined, readSync };
}

/** The parts of a range that is not empty, each in its file. */
function piecesIn(parts: readonly Part[], from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  for (let i = firstIn(parts, from); i < parts.length && parts[i]!.start < to; i++) {
    const { source, start } = parts[i]!;
    const offset = Math.max(from - start, 0);
    const length = Math.min(to - start, source.size) - offset;
    if (length > 0) pieces.push({ source, offset, length });
  }
  return pieces;
}

/** The last part that begins at a place or before it. */
function firstIn(parts: readonly Part[], place: number): number {
  let [low, high] = [0, parts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (parts[middle]!.start <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

function join(pieces: readonly Uint8Array[], length: number, name: string): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const bytes = allocate(name, length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
