import { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";

/** The record types of version 2 B-trees that are read. */
export const recordType = {
  hugeObject: 1,
  linkName: 5,
  linkOrder: 6,
  attributeName: 8,
  attributeOrder: 9,
  chunk: 10,
  filteredChunk: 11,
} as const;

interface Node {
  readonly address: number;
  readonly records: number;
  readonly depth: number;
}

const maxDepth = 16;
/** Signature, version, type and checksum. */
const overhead = 10;

/** The records of a version 2 B-tree one by one, in no particular order. */
export async function* readBTree2(
  spot: Spot,
  address: number,
  ...types: readonly number[]
): AsyncGenerator<{ readonly type: number; readonly record: Cursor }> {
  const { offsetSize, lengthSize } = spot.file;
  const head = await Cursor.read(spot, address, 22 + offsetSize + lengthSize, "a B-tree's header");
  head.signature("BTHD");
  head.expect("version", head.u8(), 0);
  const type = head.u8();
  head.expect("type", type, ...types);
  const nodeSize = head.u32();
  const recordSize = head.u16();
  const depth = head.u16();
  head.skip(2);
  const root = head.optionalAddress();
  const rootRecords = head.u16();
  head.length();
  head.checksum();
  if (depth > maxDepth)
    throw head.error(`expected a B-tree of depth ${maxDepth} at most, received ${depth}.`);
  if (recordSize === 0 || nodeSize < overhead + recordSize) {
    throw head.error(
      `expected B-tree nodes that hold records, received sizes ${nodeSize} and ${recordSize}.`,
    );
  }
  const sizes = countSizes(nodeSize, recordSize, depth, offsetSize);
  const pending: Node[] = [];
  if (root !== undefined && rootRecords > 0) pending.push({ address: root, records: rootRecords, depth });
  for (let node = pending.pop(); node; node = pending.pop()) {
    const what = "a B-tree's node";
    const inner = node.depth > 0;
    const totalSize = node.depth > 1 ? sizes.total[node.depth - 1]! : 0;
    const pointers = inner ? (node.records + 1) * (offsetSize + sizes.own + totalSize) : 0;
    const cursor = await Cursor.read(
      spot,
      node.address,
      overhead + node.records * recordSize + pointers,
      what,
    );
    cursor.signature(inner ? "BTIN" : "BTLF");
    cursor.expect("version", cursor.u8(), 0);
    cursor.expect("type", cursor.u8(), type);
    const records = cursor.part(node.records * recordSize, what);
    for (let i = 0; inner && i <= node.records; i++) {
      const child = { address: cursor.address(), records: cursor.uint(sizes.own), depth: node.depth - 1 };
      cursor.skip(totalSize);
      pending.push(child);
    }
    cursor.checksum();
    for (let i = 0; i < node.records; i++)
      yield { type, record: records.part(recordSize, "a B-tree's record") };
  }
}

/** How many bytes hold a node's number of records, and the number of all below a node of each depth. */
function countSizes(nodeSize: number, recordSize: number, depth: number, offsetSize: number) {
  const leaf = Math.floor((nodeSize - overhead) / recordSize);
  const own = bytesFor(leaf);
  const total = [0];
  let below = leaf;
  for (let level = 1; level <= depth; level++) {
    const pointer = offsetSize + own + total[level - 1]!;
    const records = Math.max(Math.floor((nodeSize - overhead - pointer) / (recordSize + pointer)), 0);
    below = (records + 1) * below + records;
    total.push(bytesFor(below));
  }
  return { own, total };
}

/** How many bytes HDF5 takes for numbers up to a limit. */
function bytesFor(limit: number): number {
  return Math.floor(Math.floor(Math.log2(Math.max(limit, 1))) / 8) + 1;
}
