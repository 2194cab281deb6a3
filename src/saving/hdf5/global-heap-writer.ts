import { align8, type ByteWriter, textLength } from "./byte-writer.ts";

/** A text's place in the heaps. */
export interface HeapReference {
  readonly collection: number;
  readonly index: number;
  readonly length: number;
}

interface Collection {
  readonly texts: string[];
  used: number;
}

const prefix = 16;
const smallest = 4096;
/** A collection is read as a whole; a longer text has one of its own. */
const fullAt = 65536;

/** Collects the texts of attributes. */
export class GlobalHeapWriter {
  readonly #collections: Collection[] = [];

  add(text: string): HeapReference {
    const length = textLength(text);
    const bytes = prefix + align8(length);
    let last = this.#collections.at(-1);
    if (!last || last.used + bytes > fullAt) {
      last = { texts: [], used: prefix };
      this.#collections.push(last);
    }
    last.texts.push(text);
    last.used += bytes;
    return { collection: this.#collections.length - 1, index: last.texts.length, length };
  }

  /** Where each collection is if the first starts at an address; last, where they end. */
  addresses(start: number): number[] {
    const addresses = [start];
    for (const { used } of this.#collections) addresses.push(addresses.at(-1)! + Math.max(used, smallest));
    return addresses;
  }

  write(out: ByteWriter): void {
    for (const { texts, used } of this.#collections) {
      const size = Math.max(used, smallest);
      const end = out.length + size;
      out.ascii("GCOL").u32(1).u64(size);
      for (const [i, text] of texts.entries()) {
        out
          .u16(i + 1)
          .u16(0)
          .u32(0)
          .u64(textLength(text))
          .text(text)
          .pad8();
      }
      const free = size - used;
      if (free >= prefix) out.u64(0).u64(free);
      out.padTo(end);
    }
  }
}
