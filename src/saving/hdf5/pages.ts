import { FileError } from "../../errors.ts";
import type { ByteSource } from "../byte-source.ts";

const pageSize = 4096;
const mostAhead = 16;
const mostPages = 2048;
const largestCached = 65536;

/**
 * Small reads of a source through a cache of 4 KB pages. Reading on where the last read ended fetches more and more
 * at once; jumping about fetches single pages.
 */
export class Pages {
  readonly #source: ByteSource;
  readonly #pages = new Map<number, Uint8Array>();
  #ahead = 1;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Bytes that the caller has checked to lie within the source; not to be written to. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array(0);
    if (length > largestCached) return readExactly(this.#source, offset, length);
    const first = Math.floor(offset / pageSize);
    const last = Math.floor((offset + length - 1) / pageSize);
    const pages: Uint8Array[] = [];
    for (let page = first; page <= last; page++) {
      pages.push(this.#pages.get(page) ?? (await this.#load(page, last)));
    }
    const start = offset - first * pageSize;
    if (pages.length === 1) return pages[0]!.subarray(start, start + length);
    return joined(pages).subarray(start, start + length);
  }

  async #load(page: number, needed: number): Promise<Uint8Array> {
    this.#ahead = this.#pages.has(page - 1) ? Math.min(2 * this.#ahead, mostAhead) : 1;
    const end = Math.min(Math.max(needed + 1, page + this.#ahead) * pageSize, this.#source.size);
    const bytes = await readExactly(this.#source, page * pageSize, end - page * pageSize);
    for (let at = 0; at < bytes.length; at += pageSize) {
      this.#pages.set(page + at / pageSize, bytes.subarray(at, at + pageSize));
    }
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) break;
      this.#pages.delete(oldest);
    }
    return bytes.subarray(0, pageSize);
  }
}

/** Reads at once where the source can, which spares a file thousands of turns of the event loop. */
async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = source.readSync ? source.readSync(offset, length) : await source.read(offset, length);
  if (bytes.length !== length) {
    throw new FileError("source", `expected ${length} bytes at offset ${offset}, received ${bytes.length}.`);
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
