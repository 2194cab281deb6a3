import { readExtensibleArray, readFixedArray } from "./array-index.ts";
import { BTree1 } from "./btree1.ts";
import { readBTree2, recordType } from "./btree2.ts";
import type { Dataspace } from "./dataspace.ts";
import type { ChunkedLayout } from "./layout.ts";
import type { Spot } from "./spot.ts";
import { take } from "./steps.ts";

/** Where a chunk is stored; its place counts in chunks along each axis. */
export interface StoredChunk {
  readonly place: readonly number[];
  readonly address: number;
  /** Stored bytes; undefined where the chunk is stored as it is. */
  readonly size: number | undefined;
  /** Which filters were left out. */
  readonly mask: number;
}

/** The chunks that were written. */
export async function* readChunkIndex(
  spot: Spot,
  layout: ChunkedLayout,
  space: Dataspace,
): AsyncGenerator<StoredChunk> {
  const { address, index } = layout;
  if (address === undefined) return;
  switch (index.kind) {
    case "b-tree 1":
      yield* fromBTree1(spot, layout, address);
      return;
    case "b-tree 2":
      yield* fromBTree2(spot, layout, address);
      return;
    case "single":
      yield { place: layout.chunk.map(() => 0), address, size: index.size, mask: index.mask };
      return;
    case "implicit": {
      const grid = gridOf(layout, space);
      const size = layout.elementSize * layout.chunk.reduce((product, axis) => product * axis, 1);
      const count = grid.reduce((product, axis) => product * axis, 1);
      spot.checkRange(address, count * size, "chunks");
      for (let position = 0; position < count; position++) {
        yield {
          place: placeOf(position, grid),
          address: address + position * size,
          size: undefined,
          mask: 0,
        };
      }
      return;
    }
    case "fixed array": {
      const grid = gridOf(layout, space);
      for await (const { position, ...entry } of readFixedArray(spot, address)) {
        yield { place: placeOf(position, grid), ...entry };
      }
      return;
    }
    case "extensible array": {
      const growing = space.maxShape.indexOf(undefined);
      const grid = gridOf(layout, space);
      if (growing < 0)
        throw spot.error("expected an extensible array for an axis without limit, received none.");
      grid.splice(growing, 1);
      for await (const { position, ...entry } of readExtensibleArray(spot, address)) {
        const [first, ...place] = placeOf(position, [Number.POSITIVE_INFINITY, ...grid]);
        place.splice(growing, 0, first!);
        yield { place, ...entry };
      }
    }
  }
}

async function* fromBTree1(spot: Spot, layout: ChunkedLayout, root: number): AsyncGenerator<StoredChunk> {
  const keySize = 8 + 8 * (layout.chunk.length + 1);
  const tree = new BTree1(spot, root, { type: "chunks", keySize });
  for (let entry = await take(tree.next()); entry; entry = await take(tree.next())) {
    const { key, address } = entry;
    const size = key.u32();
    const mask = key.u32();
    const place = layout.chunk.map((axis) => {
      const offset = key.uint(8);
      if (offset % axis !== 0)
        throw key.error(`expected a chunk at a multiple of ${axis}, received ${offset}.`);
      return offset / axis;
    });
    yield { place, address, size, mask };
  }
}

async function* fromBTree2(spot: Spot, layout: ChunkedLayout, root: number): AsyncGenerator<StoredChunk> {
  const { chunk, filteredChunk } = recordType;
  for await (const { type, record } of readBTree2(spot, root, chunk, filteredChunk)) {
    const sizeBytes = record.size - spot.file.offsetSize - 4 - 8 * layout.chunk.length;
    const address = record.address();
    const size = type === filteredChunk ? record.uint(Math.max(sizeBytes, 0)) : undefined;
    const mask = type === filteredChunk ? record.u32() : 0;
    yield { place: layout.chunk.map(() => record.uint(8)), address, size, mask };
  }
}

/** Chunks along each axis, up to where it may grow; infinite where that has no limit. */
function gridOf(layout: ChunkedLayout, space: Dataspace): number[] {
  return layout.chunk.map((axis, i) => Math.ceil((space.maxShape[i] ?? Number.POSITIVE_INFINITY) / axis));
}

function placeOf(position: number, grid: readonly number[]): number[] {
  const place = new Array<number>(grid.length);
  let rest = position;
  for (let axis = grid.length - 1; axis >= 0; axis--) {
    const size = grid[axis]!;
    place[axis] = size === Number.POSITIVE_INFINITY ? rest : rest % size;
    rest = size === Number.POSITIVE_INFINITY ? 0 : Math.floor(rest / size);
  }
  return place;
}
