/** The bytes of a typed array that V8 keeps in its own heap. */
const SMALL = 64;

/** Appends little-endian numbers and bytes. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written so far. */
  get bytes(): Uint8Array {
    // A view of a small array would make the engine allocate a buffer for it outside of its heap: a copy is cheaper.
    return this.#length <= SMALL ? this.#bytes.slice(0, this.#length) : this.#bytes.subarray(0, this.#length);
  }

  u8(...values: readonly number[]): this {
    for (const value of values) this.#grow(1)[this.#length - 1] = value;
    return this;
  }

  u16(value: number): this {
    return this.uint(value, 2);
  }

  u32(value: number): this {
    return this.uint(value, 4);
  }

  /** A number below 2**53 in eight bytes. */
  u64(value: number): this {
    return this.uint(value, 8);
  }

  /** The address that means "none". */
  noAddress(): this {
    return this.fill(0xff, 8);
  }

  append(bytes: Uint8Array): this {
    this.#grow(bytes.length).set(bytes, this.#length - bytes.length);
    return this;
  }

  ascii(text: string): this {
    return this.u8(...Array.from(text, (character) => character.charCodeAt(0)));
  }

  fill(value: number, count: number): this {
    this.#grow(count).fill(value, this.#length - count, this.#length);
    return this;
  }

  /** Zeros up to a length. */
  padTo(length: number): this {
    return this.fill(0, length - this.#length);
  }

  pad8(): this {
    return this.padTo(align8(this.#length));
  }

  uint(value: number, size: number): this {
    const bytes = this.#grow(size);
    let rest = value;
    for (let at = this.#length - size; at < this.#length; at++) {
      bytes[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    return this;
  }

  #grow(by: number): Uint8Array {
    this.#length += by;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

export function align8(length: number): number {
  return Math.ceil(length / 8) * 8;
}
