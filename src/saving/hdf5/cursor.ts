import type { FileError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import { lookup3 } from "./lookup3.ts";
import { pageSize } from "./pages.ts";
import type { Spot } from "./spot.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads one structure's bytes from front to back; whatever goes past its end is a FileError. */
export class Cursor {
  readonly spot: Spot;
  /** What the bytes are, for messages: "an object header". */
  readonly what: string;
  /** The structure and what lies around it: a view for each of a file's structures would cost more than reading them. */
  readonly #around: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  #at: number;

  /** Over the bytes from `start` up to `end`. Defaults to all of them. */
  constructor(bytes: Uint8Array, spot: Spot, what: string, start = 0, end = bytes.length) {
    this.spot = spot;
    this.what = what;
    this.#around = bytes;
    this.#start = start;
    this.#end = end;
    this.#at = start;
  }

  /** A cursor over the bytes at a place in the file. */
  static read(spot: Spot, address: number, length: number, what: string): Cursor | Promise<Cursor> {
    spot.checkRange(address, length, what);
    spot.charge(length);
    const { pages, base } = spot.file;
    const offset = base + address;
    const page = pages.pageWith(offset, length);
    if (page) return new Cursor(page, spot, what, offset % pageSize, (offset % pageSize) + length);
    return pages.read(offset, length).then((bytes) => new Cursor(bytes, spot, what));
  }

  /** All bytes of the structure. */
  get bytes(): Uint8Array {
    return this.#around.subarray(this.#start, this.#end);
  }

  /** How many bytes the structure has. */
  get size(): number {
    return this.#end - this.#start;
  }

  /** How many of them were passed. */
  get position(): number {
    return this.#at - this.#start;
  }

  set position(position: number) {
    this.#at = this.#start + position;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  take(length: number): Uint8Array {
    const start = this.#pass(length);
    return this.#around.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#pass(length);
  }

  /** A cursor over the next `length` bytes only. */
  part(length: number, what: string): Cursor {
    const start = this.#pass(length);
    return new Cursor(this.#around, this.spot, what, start, start + length);
  }

  u8(): number {
    return this.#around[this.#pass(1)]!;
  }

  u16(): number {
    return this.uint(2);
  }

  u32(): number {
    return this.uint(4);
  }

  /** A little-endian number of `size` bytes. */
  uint(size: number): number {
    return this.#uintAt(this.#pass(size), size);
  }

  #uintAt(at: number, size: number): number {
    let value = 0;
    for (let i = at + size - 1; i >= at; i--) value = value * 256 + this.#around[i]!;
    if (value > Number.MAX_SAFE_INTEGER) {
      throw this.error(`expected a number below 2**53 in ${this.what}, received ${value}.`);
    }
    return value;
  }

  /** Passes over bytes, of which there must be as many; gives where they begin. */
  #pass(length: number): number {
    const start = this.#at;
    const end = start + length;
    if (end > this.#end) {
      throw this.error(`expected ${length} more bytes in ${this.what}, received ${this.remaining}.`);
    }
    this.#at = end;
    return start;
  }

  /** A size, of as many bytes as the superblock says. */
  length(): number {
    return this.uint(this.spot.file.lengthSize);
  }

  /** A place in the file; undefined where the file says "none". */
  optionalAddress(): number | undefined {
    return this.optionalUint(this.spot.file.offsetSize);
  }

  /** A number of `size` bytes; undefined where all their bits are set. */
  optionalUint(size: number): number | undefined {
    const start = this.#pass(size);
    let at = start;
    while (at < this.#at && this.#around[at] === 0xff) at++;
    return at === this.#at ? undefined : this.#uintAt(start, size);
  }

  address(): number {
    const address = this.optionalAddress();
    if (address === undefined) throw this.error(`expected an address in ${this.what}, received none.`);
    return address;
  }

  expect(what: string, received: number, ...allowed: readonly number[]): void {
    if (!allowed.includes(received)) {
      throw this.error(`expected ${what} ${allowed.join(" or ")} in ${this.what}, received ${received}.`);
    }
  }

  signature(expected: string): void {
    const at = this.#pass(4);
    const bytes = this.#around;
    const received = String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
    if (received !== expected) {
      throw this.error(
        `expected the signature ${quote(expected)} of ${this.what}, received ${quote(received)}.`,
      );
    }
  }

  /** Reads the checksum of all bytes so far and compares it. */
  checksum(): void {
    const covered = this.#around.subarray(this.#start, this.#at);
    this.compareChecksum(covered, this.u32());
  }

  compareChecksum(covered: Uint8Array, stored: number): void {
    if (!this.spot.file.checksums) return;
    const computed = lookup3(covered);
    if (computed !== stored) {
      throw this.error(
        `expected checksum ${hex(stored)} of ${this.what}, received bytes of ${hex(computed)}.`,
      );
    }
  }

  /** Whether the structure is just these bytes, and none was passed. */
  hasJust(bytes: Uint8Array): boolean {
    if (this.#at !== this.#start || this.size !== bytes.length) return false;
    for (let i = 0; i < bytes.length; i++) if (this.#around[this.#start + i] !== bytes[i]) return false;
    return true;
  }

  /** How many bytes lie between here and the next NUL; undefined where there is none. */
  toNul(): number | undefined {
    for (let at = this.#at; at < this.#end; at++) if (this.#around[at] === 0) return at - this.#at;
    return undefined;
  }

  /** The text of the next `length` bytes, up to a NUL if there is one. */
  text(length: number): string {
    this.spot.charge(length);
    const start = this.#pass(length);
    let end = start;
    while (end < start + length && this.#around[end] !== 0) end++;
    const only = this.#around[start]!;
    if (end === start + 1 && only < 0x80) return String.fromCharCode(only); // of which the engine has all
    const text = decodeUtf8(this.#around.subarray(start, end));
    if (text === undefined) throw this.error(`expected UTF-8 text in ${this.what}, received other bytes.`);
    return text;
  }

  error(message: string): FileError {
    return this.spot.error(message);
  }
}

/** The text, or undefined where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
