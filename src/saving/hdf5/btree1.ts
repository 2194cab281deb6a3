import { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";
import { type Steps, wait } from "./steps.ts";

interface Node {
  readonly address: number;
  readonly level: number | undefined;
}

/** Of a leaf: a cursor at its key, and the address it leads to. */
export interface BTree1Entry {
  readonly key: Cursor;
  readonly address: number;
}

/**
 * The entries of a B-tree's leaves, in order. Levels
 * fall by one on the way down, so that no cycle goes unseen. `isWanted` is asked for each child about the keys left and
 * right of it.
 */
export function* readBTree1(
  spot: Spot,
  root: number,
  type: "group" | "chunks",
  keySize: number,
  isWanted: (left: Cursor, right: Cursor) => boolean = () => true,
): Steps<readonly BTree1Entry[]> {
  const what = "a B-tree's node";
  const entries: BTree1Entry[] = [];
  const { offsetSize } = spot.file;
  const pending: Node[] = [{ address: root, level: undefined }];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const head = yield* wait(Cursor.read(spot, node.address, 8 + 2 * offsetSize, what));
    head.signature("TREE");
    head.expect("type", head.u8(), type === "group" ? 0 : 1);
    const level = head.u8();
    if (node.level !== undefined) head.expect("level", level, node.level);
    const used = head.u16();
    const length = used * (keySize + offsetSize) + keySize;
    const body = yield* wait(Cursor.read(spot, node.address + 8 + 2 * offsetSize, length, what));
    const children: Node[] = [];
    const keyAt = (i: number) => {
      body.position = i * (keySize + offsetSize);
      return body.part(keySize, "a B-tree's key");
    };
    for (let i = 0; i < used; i++) {
      if (!isWanted(keyAt(i), keyAt(i + 1))) continue;
      const key = keyAt(i);
      const address = body.address();
      if (level === 0) entries.push({ key, address });
      else children.push({ address, level: level - 1 });
    }
    for (const child of children.reverse()) pending.push(child);
  }
  return entries;
}
