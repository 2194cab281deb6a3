import type { Cursor } from "./cursor.ts";

const mostKnown = 8;
const mostBytes = 64;

/**
 * What short structures were read to, by their bytes. A file has many datasets and few kinds of them: those of a kind share
 * what was read once.
 */
export class Recent<T> {
  readonly #known: { readonly bytes: Uint8Array; readonly value: T }[] = [];
  #next = 0;

  /** What is at a cursor: what its bytes were read to before, or else what `read` makes of them. */
  of(cursor: Cursor, read: (cursor: Cursor) => T): T {
    for (const { bytes, value } of this.#known) if (cursor.hasJust(bytes)) return value;
    const bytes = cursor.bytes;
    const value = read(cursor);
    if (bytes.length <= mostBytes) {
      this.#known[this.#next] = { bytes: new Uint8Array(bytes), value };
      this.#next = (this.#next + 1) % mostKnown;
    }
    return value;
  }
}
