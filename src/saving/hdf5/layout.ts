import type { Cursor } from "./cursor.ts";
import { ExternalData } from "./external-data.ts";

/** Where a version 4 layout keeps its chunks' addresses. */
export type ChunkIndex =
  | { readonly kind: "b-tree 1" | "b-tree 2" | "implicit" | "fixed array" | "extensible array" }
  | { readonly kind: "single"; readonly size: number | undefined; readonly mask: number };

export interface ChunkedLayout {
  readonly kind: "chunked";
  /** Elements of a chunk along each axis. */
  readonly chunk: readonly number[];
  readonly elementSize: number;
  readonly index: ChunkIndex;
  /** Where the index (or the only chunk) is; undefined where nothing was ever written. */
  readonly address: number | undefined;
  /** Whether chunks that stick out of the dataset are stored without filters. */
  readonly plainEdges: boolean;
}

/** Where a dataset's elements are. */
export type Layout =
  | { readonly kind: "compact"; readonly bytes: Uint8Array }
  | { readonly kind: "contiguous"; readonly address: number | undefined; readonly size: number }
  | ChunkedLayout;

export function readLayout(cursor: Cursor): Layout {
  const version = cursor.u8();
  cursor.expect("version", version, 3, 4, 5);
  const layoutClass = cursor.u8();
  switch (layoutClass) {
    case 0:
      return { kind: "compact", bytes: cursor.take(cursor.u16()) };
    case 1:
      return { kind: "contiguous", address: cursor.optionalAddress(), size: cursor.length() };
    case 2:
      return version === 3 ? readChunked3(cursor) : readChunked4(cursor);
    case 3:
      throw cursor.spot.error(
        "expected elements in this file, received a virtual dataset, which is not followed.",
        ExternalData,
      );
    default:
      throw cursor.error(`expected a layout of class 0, 1 or 2, received ${layoutClass}.`);
  }
}

function readChunked3(cursor: Cursor): ChunkedLayout {
  const rank = cursor.u8();
  const address = cursor.optionalAddress();
  const dimensions = readDimensions(cursor, rank, 4);
  return { kind: "chunked", ...dimensions, index: { kind: "b-tree 1" }, address, plainEdges: false };
}

function readChunked4(cursor: Cursor): ChunkedLayout {
  const flags = cursor.u8();
  const rank = cursor.u8();
  const dimensions = readDimensions(cursor, rank, cursor.u8());
  const index = readIndex(cursor, (flags & 2) !== 0);
  const address = cursor.optionalAddress();
  return { kind: "chunked", ...dimensions, index, address, plainEdges: (flags & 1) !== 0 };
}

/** The last "axis" is the element's bytes. */
function readDimensions(cursor: Cursor, rank: number, size: number) {
  const chunk: number[] = [];
  for (let axis = 0; axis < rank; axis++) chunk.push(cursor.uint(size));
  const elementSize = chunk.pop();
  if (elementSize === undefined || chunk.length === 0 || chunk.includes(0)) {
    throw cursor.error(`expected chunks of 1 or more axes above 0, received [${chunk.join(", ")}].`);
  }
  return { chunk, elementSize };
}

function readIndex(cursor: Cursor, filteredSingle: boolean): ChunkIndex {
  const type = cursor.u8();
  switch (type) {
    case 1:
      if (!filteredSingle) return { kind: "single", size: undefined, mask: 0 };
      return { kind: "single", size: cursor.length(), mask: cursor.u32() };
    case 2:
      return { kind: "implicit" };
    case 3:
      cursor.skip(1);
      return { kind: "fixed array" };
    case 4:
      cursor.skip(5);
      return { kind: "extensible array" };
    case 5:
      cursor.skip(6);
      return { kind: "b-tree 2" };
    default:
      throw cursor.error(`expected a chunk index of type 1 to 5, received ${type}.`);
  }
}
