import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Budget } from "../budget.ts";
import { BTree1 } from "./btree1.ts";
import { openHdf5 } from "./index.ts";
import { inMemory } from "./memory.fixture.ts";
import { planHdf5 } from "./plan.ts";
import { Spot } from "./spot.ts";
import { take } from "./steps.ts";
import { readSuperblock } from "./superblock.ts";

const empty = planHdf5({ children: [] }).toBytes();

/** A file with more bytes at its end; `place` is where they begin. */
function extended(length: number, fill: (view: DataView, place: number) => void): Uint8Array {
  const place = empty.length;
  const bytes = new Uint8Array(place + length);
  bytes.set(empty);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(40, BigInt(bytes.length), true); // the end of the file, in its superblock
  fill(view, place);
  return bytes;
}

/** A file whose root has a header of so many empty messages of one type. */
function manyMessages(count: number, type: number): Uint8Array {
  return extended(16 + 8 * count, (view, place) => {
    view.setBigUint64(64, BigInt(place), true); // the header of the root, in its superblock
    view.setUint8(place, 1);
    view.setUint32(place + 8, 8 * count, true);
    for (let i = 0; i < count; i++) view.setUint16(place + 16 + 8 * i, type, true);
  });
}

it.each([
  ["links", 0x06, "expected at most 300 groups, datasets, attributes or objects"],
  ["attributes", 0x0c, "expected at most 300 groups, datasets, attributes or objects"],
  ["nothing", 0x00, "expected a group or a dataset"],
  ["datatypes", 0x03, "expected a group or a dataset, received a committed datatype"],
])("a header of many messages of %s", async (_, type, message) => {
  const bytes = manyMessages(1000, type);
  const budget = new Budget(bytes.length, { objects: 300 });
  await expect(openHdf5(inMemory(bytes), { budget })).rejects.toThrow(message);
});

it.each(["links-earliest.h5", "links-latest.h5", "attributes-latest.h5"])(
  "the links and attributes of %s are counted, wherever they stand",
  async (name) => {
    const bytes = readFileSync(new URL(`../../../golden/hdf5/${name}`, import.meta.url));
    const { objects } = new Budget(bytes.length);
    await openHdf5(inMemory(bytes), { budget: { ...new Budget(bytes.length), objects } });
    const count = objects.most - objects.left;
    expect(count).toBeGreaterThan(10);
    for (const most of [count - 1, 5]) {
      const budget = new Budget(bytes.length, { objects: most });
      await expect(openHdf5(inMemory(bytes), { budget })).rejects.toThrow(`expected at most ${most} groups`);
    }
  },
);

it("of a B-tree no more is read than what leads to the next entry", async () => {
  const node = 24 + 8 + 2 * 16;
  const bytes = extended(3 * node, (view, place) => {
    for (const [i, { level, children }] of [
      { level: 1, children: [place + node, place + 2 * node] },
      { level: 0, children: [1, 2] },
      { level: 0, children: [3, 4] },
    ].entries()) {
      const at = place + i * node;
      for (const [k, letter] of [..."TREE"].entries()) view.setUint8(at + k, letter.charCodeAt(0));
      view.setUint8(at + 5, level);
      view.setUint16(at + 6, children.length, true);
      for (const [k, child] of children.entries()) view.setBigUint64(at + 32 + 16 * k, BigInt(child), true);
    }
  });
  const { spot } = await readSuperblock(inMemory(bytes), "a", true, new Budget(bytes.length));
  const tree = new BTree1(new Spot(spot.file, spot.effort), empty.length, { type: "group", keySize: 8 });
  const before = spot.effort.remaining;
  const found: unknown[] = [];
  const work: number[] = [];
  for (let entry = await take(tree.next()); entry; entry = await take(tree.next())) {
    found.push(entry.address);
    work.push((before - spot.effort.remaining) / node);
  }
  expect(found).toEqual([1, 2, 3, 4]);
  expect(work).toEqual([2, 2, 3, 3]);
});
