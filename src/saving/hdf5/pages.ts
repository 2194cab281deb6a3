import { FileError } from "../../errors.ts";
import type { ByteSource } from "../byte-source.ts";

export const pageSize = 4096;
/** The most pages that are read at once, and kept: 4 and 8 MiB. */
const mostAtOnce = 1024;
const mostPages = 2048;
const largestCached = 65536;

interface Page {
  readonly bytes: Uint8Array;
  isUsed: boolean;
}

/**
 * Small reads of a source through a cache of 4 KB pages. What is read at once doubles while at least half of what was
 * read is used, and is halved where it is not: few reads where a file's structures lie together, few bytes where they
 * are scattered among its elements.
 */
export class Pages {
  readonly #source: ByteSource;
  readonly #pages = new Map<number, Page>();
  #atOnce = 1;
  #read = 0;
  #used = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The page that bytes lie in, where that is one which is here; not to be written to. */
  pageWith(offset: number, length: number): Uint8Array | undefined {
    if ((offset % pageSize) + length > pageSize) return undefined;
    const page = this.#pages.get(Math.floor(offset / pageSize));
    return page && this.#use(page);
  }

  /** Bytes that the caller has checked to lie within the source; not to be written to. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array(0);
    if (length > largestCached) return readExactly(this.#source, offset, length);
    const first = Math.floor(offset / pageSize);
    const last = Math.floor((offset + length - 1) / pageSize);
    const start = offset - first * pageSize;
    const parts: Uint8Array[] = [];
    for (let number = first; number <= last; number++) {
      const page = this.#pages.get(number) ?? (await this.#load(number, last));
      parts.push(this.#use(page));
    }
    const [only] = parts;
    return (only && parts.length === 1 ? only : joined(parts)).subarray(start, start + length);
  }

  #use(page: Page): Uint8Array {
    if (!page.isUsed) this.#used++;
    page.isUsed = true;
    return page.bytes;
  }

  /** Reads the window around a page, up to `needed` at least, without the pages at its ends that are there. */
  async #load(page: number, needed: number): Promise<Page> {
    const isDense = 2 * this.#used >= this.#read;
    this.#atOnce = isDense ? Math.min(2 * this.#atOnce, mostAtOnce) : Math.max(1, this.#atOnce / 2);
    let start = page - (page % this.#atOnce);
    let end = Math.min(Math.max(needed + 1, start + this.#atOnce), Math.ceil(this.#source.size / pageSize));
    while (this.#pages.has(start)) start++;
    while (this.#pages.has(end - 1)) end--;
    const offset = start * pageSize;
    const bytes = await readExactly(
      this.#source,
      offset,
      Math.min(end * pageSize, this.#source.size) - offset,
    );
    this.#read += end - start;
    for (let at = 0; at < bytes.length; at += pageSize) {
      this.#pages.set(start + at / pageSize, { bytes: bytes.subarray(at, at + pageSize), isUsed: false });
    }
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) break;
      this.#pages.delete(oldest);
    }
    return this.#pages.get(page)!;
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
