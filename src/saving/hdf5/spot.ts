import { FileError } from "../../errors.ts";
import { quoteIfOdd } from "../../json/quote.ts";
import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import type { Pages } from "./pages.ts";

/** What is known of an open file once its superblock is read. */
export interface OpenFile {
  /** The name that errors start with. */
  readonly name: string;
  readonly source: ByteSource;
  readonly pages: Pages;
  /** Where addresses count from. */
  readonly base: number;
  readonly offsetSize: number;
  readonly lengthSize: number;
  /** Whether checksums of metadata are compared. */
  readonly checksums: boolean;
  /** The global heap's collections that were read, by address: each gives an object by its number (`global-heap.ts`). */
  readonly globalHeap: Map<number, (index: number) => Uint8Array | undefined>;
  /** What it may ask for in all, with what it is in. */
  readonly budget: Budget;
}

/**
 * How many bytes one task may read in all. No honest file makes a reader read its structures over and over, so running
 * out means a cycle, or structures laid over each other to keep a reader busy.
 */
export interface Effort {
  remaining: number;
}

export function effortFor(file: OpenFile): Effort {
  return { remaining: 4 * file.source.size + 65536 };
}

/** The longest path that errors show whole. */
const longestShown = 500;

/** A path in a file as errors begin with it; `""` is the root. */
export function placeIn(file: string, path: string): string {
  return `${file} ${quoteIfOdd(path || "/", longestShown)}`;
}

/** An open file, seen from one object in it: reads structures, and makes errors that name the object. */
export class Spot {
  readonly file: OpenFile;
  readonly effort: Effort;
  /** The group that it is in; null for the root. */
  readonly #parent: Spot | null;
  readonly #name: string;

  constructor(file: OpenFile, effort: Effort, parent: Spot | null = null, name = "") {
    this.file = file;
    this.effort = effort;
    this.#parent = parent;
    this.#name = name;
  }

  /** `""` for the root, else from `/`. */
  get path(): string {
    const names: string[] = [];
    let at: Spot = this;
    for (; at.#parent; at = at.#parent) names.push(`/${at.#name}`);
    return names.reverse().join("");
  }

  /** The object of a name in this group. */
  at(name: string): Spot {
    return new Spot(this.file, this.effort, this, name);
  }

  /** The same place for another task. */
  anew(): Spot {
    return new Spot(this.file, effortFor(this.file), this.#parent, this.#name);
  }

  checkRange(address: number, length: number, what: string): void {
    const { base, source } = this.file;
    if (base + address + length > source.size) {
      throw this.error(
        `expected ${what} within the file's ${source.size} bytes, received offset ${base + address} and ` +
          `length ${length}.`,
      );
    }
  }

  /** Counts work that grows with what the file says. */
  charge(bytes: number): void {
    this.effort.remaining -= bytes;
    if (this.effort.remaining < 0) {
      throw this.error(
        "expected structures that do not overlap, received some that form a cycle or share bytes.",
      );
    }
  }

  /** Counts links and attributes, of which a file may have so many in all. */
  count(objects: number): void {
    this.file.budget.objects.take(objects, () => this.place);
  }

  /** What errors begin with. */
  get place(): string {
    return placeIn(this.file.name, this.path);
  }

  error(message: string, kind = FileError): FileError {
    return new kind(this.place, message);
  }
}
