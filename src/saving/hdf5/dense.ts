import { readBTree2, recordType } from "./btree2.ts";
import type { Cursor } from "./cursor.ts";
import { FractalHeap } from "./fractal-heap.ts";

// Many links or attributes of the newer kind: in a heap, with a tree over it. Files of Keras have none, so this is
// loaded for those that do.

/** The messages of a group's links, in no particular order. */
export async function readDenseLinks(info: Cursor): Promise<Cursor[]> {
  info.expect("version", info.u8(), 0);
  const flags = info.u8();
  if (flags & 1) info.skip(8);
  const links: Cursor[] = [];
  for await (const { record, heap } of readRecords(info, recordType.linkName)) {
    record.skip(4);
    links.push(await heap.object(record, "a link"));
  }
  return links;
}

/** The messages of an object's attributes, in the order of their creation. */
export async function readDenseAttributes(info: Cursor): Promise<Cursor[]> {
  info.expect("version", info.u8(), 0);
  const flags = info.u8();
  if (flags & 1) info.skip(2);
  const found: { readonly order: number; readonly body: Cursor }[] = [];
  for await (const { record, heap } of readRecords(info, recordType.attributeName)) {
    const id = record.part(8, "a heap ID");
    if (record.u8() & 2) throw info.error("expected attributes of their own, received a shared one.");
    found.push({ order: record.u32(), body: await heap.object(id, "an attribute") });
  }
  return found.sort((a, b) => a.order - b.order).map(({ body }) => body);
}

async function* readRecords(
  info: Cursor,
  type: number,
): AsyncGenerator<{ readonly record: Cursor; readonly heap: FractalHeap }> {
  const { spot } = info;
  const heapAddress = info.optionalAddress();
  const treeAddress = info.optionalAddress();
  if (heapAddress === undefined || treeAddress === undefined) return;
  const heap = await FractalHeap.open(spot, heapAddress);
  for await (const { record } of readBTree2(spot, treeAddress, type)) {
    spot.count(1);
    yield { record, heap };
  }
}
