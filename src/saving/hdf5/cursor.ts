import type { FileError } from "../../errors.ts";
import { lookup3 } from "./checksum.ts";
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
  static async read(spot: Spot, address: number, length: number, what: string): Promise<Cursor> {
    return new Cursor(await spot.read(address, length, what), spot, what);
  }

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  take(length: number): Uint8Array {
    if (length > this.remaining) {
      throw this.error(`expected ${length} more bytes in ${this.what}, received ${this.remaining}.`);
    }
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  skip(length: number): void {
    this.take(length);
  }

  /** A cursor over the next `length` bytes only. */
  part(length: number, what: string): Cursor {
    return new Cursor(this.take(length), this.spot, what);
  }

  u8(): number {
    return this.take(1)[0]!;
  }

  u16(): number {
    const bytes = this.take(2);
    return bytes[0]! | (bytes[1]! << 8);
  }

  u32(): number {
    const bytes = this.take(4);
    return (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24)) >>> 0;
  }

  /** A little-endian number of `size` bytes. */
  uint(size: number): number {
    const bytes = this.take(size);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
    if (value > Number.MAX_SAFE_INTEGER) {
      throw this.error(`expected a number below 2**53 in ${this.what}, received ${value}.`);
    }
    return value;
  }

  /** A size, of as many bytes as the superblock says. */
  length(): number {
    return this.uint(this.spot.file.lengthSize);
  }

  /** A place in the file; undefined where the file says "none". */
  optionalAddress(): number | undefined {
    const size = this.spot.file.offsetSize;
    const bytes = this.take(size);
    if (bytes.every((byte) => byte === 0xff)) return undefined;
    this.position -= size;
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
