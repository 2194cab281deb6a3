import { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";
import { type Steps, wait } from "./steps.ts";

/** Of a leaf: a cursor at its key, and the address it leads to. */
export interface BTree1Entry {
  readonly key: Cursor;
  readonly address: number;
}

/** What kind of keys a B-tree has, and of how many bytes. */
export interface BTree1Form {
  readonly type: "group" | "chunks";
  readonly keySize: number;
}

/** A node on the way down to a leaf. */
interface Node {
  readonly level: number;
  readonly body: Cursor;
  readonly used: number;
  /** Its next child. */
  next: number;
}

const what = "a B-tree's node";

/**
 * The entries of a B-tree's leaves, in order and one by one: of a tree no more is held than the way to a leaf. Levels
 * fall by one on the way down, so that no cycle goes unseen. `isWanted` is asked for each child about the keys left and
 * right of it.
 */
export class BTree1 {
  readonly #spot: Spot;
  readonly #root: number;
  readonly #form: BTree1Form;
  readonly #isWanted: ((left: Cursor, right: Cursor) => boolean) | undefined;
  /** The way to the leaf; undefined before its first step. */
  #way: Node[] | undefined;

  constructor(
    spot: Spot,
    root: number,
    form: BTree1Form,
    isWanted?: (left: Cursor, right: Cursor) => boolean,
  ) {
    this.#spot = spot;
    this.#root = root;
    this.#form = form;
    this.#isWanted = isWanted;
  }

  /** The next entry; undefined behind the last. */
  *next(): Steps<BTree1Entry | undefined> {
    this.#way ??= [yield* this.#node(this.#root)];
    const way = this.#way;
    for (let node = way.at(-1); node; node = way.at(-1)) {
      if (node.next === node.used) {
        way.pop();
        continue;
      }
      const i = node.next++;
      if (this.#isWanted && !this.#isWanted(this.#key(node, i), this.#key(node, i + 1))) continue;
      const key = this.#key(node, i);
      const address = node.body.address();
      if (node.level === 0) return { key, address };
      way.push(yield* this.#node(address, node.level - 1));
    }
    return undefined;
  }

  *#node(address: number, level?: number): Steps<Node> {
    const { offsetSize } = this.#spot.file;
    const { type, keySize } = this.#form;
    const head = yield* wait(Cursor.read(this.#spot, address, 8 + 2 * offsetSize, what));
    head.signature("TREE");
    head.expect("type", head.u8(), type === "group" ? 0 : 1);
    const received = head.u8();
    if (level !== undefined) head.expect("level", received, level);
    const used = head.u16();
    const length = used * (keySize + offsetSize) + keySize;
    const body = yield* wait(Cursor.read(this.#spot, address + 8 + 2 * offsetSize, length, what));
    return { level: received, body, used, next: 0 };
  }

  /** The key left of a child; the cursor of the node stands behind it. */
  #key({ body }: Node, i: number): Cursor {
    const { keySize } = this.#form;
    body.position = i * (keySize + this.#spot.file.offsetSize);
    return body.part(keySize, "a B-tree's key");
  }
}
