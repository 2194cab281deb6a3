import { FileError } from "../../errors.ts";
import type { Budget } from "../budget.ts";
import { formatCrc } from "../crc32.ts";
import { levelDb } from "../file-kind.ts";
import { crc32c, maskedCrc } from "./crc32c.ts";
import { ByteCursor } from "./protobuf.ts";

const footerSize = 48;
/** Behind each block: its type, and the sum of both. */
const trailerSize = 5;

interface Handle {
  readonly offset: number;
  readonly size: number;
}

/** A key and its value, both views of the file where they can be. */
export interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * The entries of a LevelDB table in their order, read of all its bytes: a block that says where the others are, each of
 * them with keys that begin as the one before. Sums are compared. Source: `doc/table_format.md` of LevelDB.
 */
export function* tableEntries(
  bytes: Uint8Array,
  at: string,
  budget: Budget,
): Generator<Entry, void, undefined> {
  let before = 0;
  for (const { value } of blockEntries(blockAt(bytes, indexOf(bytes, at), at), at, budget)) {
    const handle = readHandle(new ByteCursor(value, at));
    // A block that is there twice would be read as often as the file says.
    if (handle.offset < before)
      throw new FileError(at, `expected a block at ${before} or behind, received ${handle.offset}.`);
    before = handle.offset + handle.size + trailerSize;
    yield* blockEntries(blockAt(bytes, handle, at), at, budget);
  }
}

/** Where the block is that says where the others are. */
function indexOf(bytes: Uint8Array, at: string): Handle {
  const { end } = levelDb;
  const last = bytes.subarray(-end.length);
  if (bytes.length < footerSize || end.some((byte, i) => last[i] !== byte))
    throw new FileError(at, "expected a LevelDB table, received other bytes at its end. It may be cut.");
  const footer = new ByteCursor(bytes.subarray(-footerSize), at);
  readHandle(footer); // of the block of filters, of which there are none
  return readHandle(footer);
}

function readHandle(cursor: ByteCursor): Handle {
  return { offset: cursor.varint(), size: cursor.varint() };
}

function blockAt(bytes: Uint8Array, { offset, size }: Handle, at: string): Uint8Array {
  const room = bytes.length - footerSize;
  if (!(offset >= 0 && size >= 4 && offset + size + trailerSize <= room))
    throw new FileError(at, `expected a block in ${room} bytes, received ${size} bytes at ${offset}.`);
  const block = bytes.subarray(offset, offset + size);
  const trailer = new ByteCursor(bytes.subarray(offset + size, offset + size + trailerSize), at);
  const [type = 0] = trailer.take(1);
  const stored = trailer.uint32();
  const received = maskedCrc(crc32c(bytes.subarray(offset, offset + size + 1)));
  if (received !== stored) {
    throw new FileError(
      at,
      `expected the block at ${offset} to have the sum ${formatCrc(stored)}, received ${formatCrc(received)}.`,
    );
  }
  if (type !== 0) {
    throw new FileError(at, `expected blocks that are not compressed, received one of kind ${type}.`);
  }
  return block;
}

function* blockEntries(block: Uint8Array, at: string, budget: Budget): Generator<Entry, void, undefined> {
  // At the end: how many places there are from which a reader can begin, and in front of that the places.
  const restarts = new ByteCursor(block.subarray(-4), at).uint32();
  const end = block.length - 4 * (restarts + 1);
  if (end < 0)
    throw new FileError(at, `expected a block with ${restarts} restarts, received ${block.length} bytes.`);
  const cursor = new ByteCursor(block.subarray(0, end), at);
  let key: Uint8Array = new Uint8Array();
  while (!cursor.isAtEnd) {
    const [shared, more, length] = [cursor.varint(), cursor.varint(), cursor.varint()];
    if (shared > key.length)
      throw new FileError(
        at,
        `expected a key that begins as one of ${key.length} bytes, received ${shared} of it.`,
      );
    budget.objects.take(1, at);
    budget.textBytes.take(shared + more, at);
    key = joined(key.subarray(0, shared), cursor.take(more));
    yield { key, value: cursor.take(length) };
  }
}

function joined(start: Uint8Array, rest: Uint8Array): Uint8Array {
  if (start.length === 0) return rest;
  const key = new Uint8Array(start.length + rest.length);
  key.set(start);
  key.set(rest, start.length);
  return key;
}
