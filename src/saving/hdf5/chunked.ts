import { readChunkIndex, type StoredChunk } from "./chunk-index.ts";
import type { Dataspace } from "./dataspace.ts";
import type { Filter } from "./filter-list.ts";
import { unfilter } from "./filters.ts";
import type { ChunkedLayout } from "./layout.ts";
import type { Spot } from "./spot.ts";

/** Puts a chunked dataset's elements where they belong in `result`. */
export async function readChunked(
  spot: Spot,
  layout: ChunkedLayout,
  space: Dataspace,
  filters: readonly Filter[],
  result: Uint8Array,
): Promise<void> {
  const { chunk, elementSize } = layout;
  const { shape } = space;
  const chunkBytes = chunk.reduce((product, axis) => product * axis, elementSize);
  const grid = chunk.map((size, axis) => Math.ceil(shape[axis]! / size));
  const seen = new Set<number>();
  for await (const stored of readChunkIndex(spot, layout, space)) {
    if (stored.place.some((place, axis) => place * chunk[axis]! >= shape[axis]!)) continue;
    const cell = stored.place.reduce((at, place, axis) => at * grid[axis]! + place, 0);
    if (seen.has(cell)) throw spot.error(`expected one chunk at place ${stored.place.join()}, received two.`);
    seen.add(cell);
    const sticksOut = stored.place.some((place, axis) => (place + 1) * chunk[axis]! > shape[axis]!);
    const steps = layout.plainEdges && sticksOut ? [] : filters;
    copyChunk(await readStored(spot, stored, steps, chunkBytes), stored.place, layout, shape, result);
  }
}

/** How many chunks were written. */
export async function countChunks(spot: Spot, layout: ChunkedLayout, space: Dataspace): Promise<number> {
  let count = 0;
  for await (const _ of readChunkIndex(spot, layout, space)) count++;
  return count;
}

async function readStored(
  spot: Spot,
  { address, size, mask }: StoredChunk,
  filters: readonly Filter[],
  chunkBytes: number,
): Promise<Uint8Array> {
  const length = size ?? chunkBytes;
  spot.checkRange(address, length, "a chunk");
  const bytes = await spot.file.pages.read(spot.file.base + address, length);
  return unfilter(spot, filters, mask, bytes, chunkBytes);
}

/** Copies the part of a chunk that lies in the dataset, one run along the last axis at a time. */
function copyChunk(
  bytes: Uint8Array,
  place: readonly number[],
  { chunk, elementSize }: ChunkedLayout,
  shape: readonly number[],
  result: Uint8Array,
): void {
  const last = shape.length - 1;
  const start = place.map((at, axis) => at * chunk[axis]!);
  const counts = chunk.map((size, axis) => Math.min(size, shape[axis]! - start[axis]!));
  const run = counts[last]! * elementSize;
  const at = new Array<number>(last).fill(0);
  for (;;) {
    let from = 0;
    let to = 0;
    for (let axis = 0; axis < last; axis++) {
      from = (from + at[axis]!) * chunk[axis + 1]!;
      to = (to + start[axis]! + at[axis]!) * shape[axis + 1]!;
    }
    from *= elementSize;
    result.set(bytes.subarray(from, from + run), (to + start[last]!) * elementSize);
    let axis = last - 1;
    while (axis >= 0 && ++at[axis]! === counts[axis]) at[axis--] = 0;
    if (axis < 0) return;
  }
}
