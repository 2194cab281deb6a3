import type { FileError } from "../../errors.ts";
import { lookup3 } from "./lookup3.ts";
import type { Spot } from "./spot.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads one structure's bytes from front to back; whatever goes past its end is a FileError. */
export class Cursor {
  position = 0;
  readonly bytes: Uint8Array;
  readonly spot: Spot;
  /** What the bytes are, for messages: "an object header". */
  readonly what: string;

  constructor(bytes: Uint8Array, spot: Spot, what: string) {
    this.bytes = bytes;
    this.spot = spot;
    this.what = what;
  }

  /** A cursor over the bytes at a place in the file. */
  static read(spot: Spot, address: number, length: number, what: string): Cursor | Promise<Cursor> {
    const bytes = spot.read(address, length, what);
    const over = (read: Uint8Array) => new Cursor(read, spot, what);
    return bytes instanceof Promise ? bytes.then(over) : over(bytes);
  }

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  take(length: number): Uint8Array {
    const start = this.#pass(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#pass(length);
  }

  /** A cursor over the next `length` bytes only. */
  part(length: number, what: string): Cursor {
    return new Cursor(this.take(length), this.spot, what);
  }

  u8(): number {
    return this.bytes[this.#pass(1)]!;
  }

  u16(): number {
    const at = this.#pass(2);
    return this.bytes[at]! | (this.bytes[at + 1]! << 8);
  }

  u32(): number {
    const low = this.u16();
    return (low | (this.u16() << 16)) >>> 0;
  }

  /** A little-endian number of `size` bytes. */
  uint(size: number): number {
    const at = this.#pass(size);
    let value = 0;
    for (let i = at + size - 1; i >= at; i--) value = value * 256 + this.bytes[i]!;
    if (value > Number.MAX_SAFE_INTEGER) {
      throw this.error(`expected a number below 2**53 in ${this.what}, received ${value}.`);
    }
    return value;
  }

  /** Passes over bytes, of which there must be as many; gives where they begin. */
  #pass(length: number): number {
    if (length > this.remaining) {
      throw this.error(`expected ${length} more bytes in ${this.what}, received ${this.remaining}.`);
    }
    const start = this.position;
    this.position += length;
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
    while (at < this.position && this.bytes[at] === 0xff) at++;
    if (at === this.position) return undefined;
    this.position = start;
    return this.uint(size);
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
    const received = String.fromCharCode(...this.take(4));
    if (received !== expected) {
      throw this.error(
        `expected the signature "${expected}" of ${this.what}, received ${JSON.stringify(received)}.`,
      );
    }
  }

  /** Reads the checksum of all bytes so far and compares it. */
  checksum(): void {
    const covered = this.bytes.subarray(0, this.position);
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

  /** The text of the next `length` bytes, up to a NUL if there is one. */
  text(length: number): string {
    this.spot.charge(length);
    const bytes = this.take(length);
    const end = bytes.indexOf(0);
    const text = decodeUtf8(end < 0 ? bytes : bytes.subarray(0, end));
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
