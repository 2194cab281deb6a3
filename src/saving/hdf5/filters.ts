import { FileError } from "../../errors.ts";
import { type Filter, filterId } from "./filter-list.ts";
import { fletcher32 } from "./fletcher32.ts";
import type { Spot } from "./spot.ts";

/** Undoes the filters, last one first; those in the mask were left out when the chunk was written. */
export async function unfilter(
  spot: Spot,
  filters: readonly Filter[],
  mask: number,
  stored: Uint8Array,
  size: number,
): Promise<Uint8Array> {
  let bytes = stored;
  for (let i = filters.length - 1; i >= 0; i--) {
    if (mask & (2 ** i)) continue;
    bytes = await undo(spot, filters[i]!, bytes, size);
  }
  if (bytes.length !== size) throw spot.error(`expected a chunk of ${size} bytes, received ${bytes.length}.`);
  return bytes;
}

async function undo(spot: Spot, filter: Filter, bytes: Uint8Array, size: number): Promise<Uint8Array> {
  switch (filter.id) {
    case filterId.deflate:
      return inflate(spot, bytes, size + 64);
    case filterId.shuffle:
      return unshuffle(bytes, filter.values[0] ?? 1);
    case filterId.fletcher:
      return withoutChecksum(spot, bytes);
    default: {
      const received = filter.name ? `${filter.id} (${filter.name})` : `${filter.id}`;
      throw spot.error(`expected the filters deflate, shuffle and fletcher32, received filter ${received}.`);
    }
  }
}

/** Inflates, and stops where more comes out than there may be. */
async function inflate(spot: Spot, bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const result = new Uint8Array(limit);
  let length = 0;
  // A view of shared memory could not be a Blob's part; sources give plain memory.
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return result.subarray(0, length);
      if (length + value.length > limit) {
        throw spot.error(`expected a chunk of ${limit - 64} bytes, received more after inflating.`);
      }
      result.set(value, length);
      length += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof FileError) throw error;
    throw spot.error("expected a deflated chunk, received bytes that do not inflate.");
  }
}

function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const count = size > 1 ? Math.floor(bytes.length / size) : 0;
  if (count < 2) return bytes;
  const result = new Uint8Array(bytes);
  let from = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0, to = i; j < count; j++, to += size) result[to] = bytes[from++]!;
  }
  return result;
}

function withoutChecksum(spot: Spot, bytes: Uint8Array): Uint8Array {
  const length = bytes.length - 4;
  if (length < 0) throw spot.error(`expected a chunk with a checksum, received ${bytes.length} bytes.`);
  const data = bytes.subarray(0, length);
  const stored = new DataView(bytes.buffer, bytes.byteOffset + length, 4).getUint32(0, true);
  if (spot.file.checksums && stored !== fletcher32(data)) {
    throw spot.error(`expected a chunk of checksum ${stored}, received one of ${fletcher32(data)}.`);
  }
  return data;
}
