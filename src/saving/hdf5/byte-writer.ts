import { arrayType, type DType, type TypedArray } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** The bytes of a typed array that V8 keeps in its own heap. */
const SMALL = 64;

/** Where the elements of small arrays pass through, and the arrays of each kind over it. */
const passage = /* @__PURE__ */ new Uint8Array(/* @__PURE__ */ new ArrayBuffer(SMALL));
const passages = new Map<DType, Float32Array>();

const encoder = new TextEncoder();

/** Appends little-endian numbers and bytes. What was written can be taken out piece by piece. */
export class ByteWriter {
  #bytes: Uint8Array;
  #used = 0;
  /** Where what was not taken out begins. */
  #start = 0;
  /** How much was taken out before the first of the bytes. */
  #before = 0;
  /** Whether the bytes are somebody's room for all that is to be written, where it stays when it is taken out. */
  readonly #isRoom: boolean;

  /** Room that is given is all zeros. */
  constructor(room: number | Uint8Array = 64) {
    this.#isRoom = typeof room !== "number";
    this.#bytes = typeof room === "number" ? new Uint8Array(room) : room;
  }

  /** How much was written in all. */
  get length(): number {
    return this.#before + this.#used;
  }

  /** How much of it was not taken out. */
  get held(): number {
    return this.#used - this.#start;
  }

  /** What was written so far and not taken out. */
  get bytes(): Uint8Array {
    return this.#isCopied
      ? this.#bytes.slice(this.#start, this.#used)
      : this.#bytes.subarray(this.#start, this.#used);
  }

  /**
   * A view of a small array would make the engine allocate a buffer for it outside of its heap, and one of a large array that
   * is nearly empty takes all of it: a copy is cheaper.
   */
  get #isCopied(): boolean {
    return this.held <= Math.max(SMALL, this.#bytes.length >> 4) && !this.#isRoom;
  }

  /** Takes out what was written, to go on behind it. */
  take(): Uint8Array {
    const { bytes } = this;
    if (!this.#isRoom) {
      if (this.#isCopied) this.#bytes.fill(0, 0, this.#used);
      else this.#bytes = new Uint8Array(this.#bytes.length);
      this.#before += this.#used;
      this.#used = 0;
    }
    this.#start = this.#used;
    return bytes;
  }

  /** Goes on behind bytes that somebody else writes; there must be none to take out. */
  pass(length: number): this {
    if (this.#isRoom) {
      this.#used += length;
      this.#start = this.#used;
    } else this.#before += length;
    return this;
  }

  u8(...values: readonly number[]): this {
    const bytes = this.#grow(values.length);
    let at = this.#used - values.length;
    for (const value of values) bytes[at++] = value;
    return this;
  }

  u16(value: number): this {
    const bytes = this.#grow(2);
    bytes[this.#used - 2] = value;
    bytes[this.#used - 1] = value >>> 8;
    return this;
  }

  u32(value: number): this {
    const bytes = this.#grow(4);
    const at = this.#used - 4;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
    return this;
  }

  /** A number below 2**53 in eight bytes. */
  u64(value: number): this {
    return this.u32(value >>> 0).u32(Math.floor(value / 2 ** 32));
  }

  /** The address that means "none". */
  noAddress(): this {
    return this.u32(0xffffffff).u32(0xffffffff);
  }

  append(bytes: Uint8Array): this {
    this.#grow(bytes.length).set(bytes, this.#used - bytes.length);
    return this;
  }

  /**
   * A tensor's elements. A small array is in V8's own heap until somebody asks for its buffer, which is then made outside
   * of it, at ten times the cost of the bytes.
   */
  elements({ dtype, data }: Tensor): this {
    const size = data.byteLength;
    if (size > SMALL) return this.append(bytesOf(data));
    passageOf(dtype).set(data as Float32Array); // both are arrays of the one kind that the dtype has
    const bytes = this.#grow(size);
    const at = this.#used - size;
    for (let i = 0; i < size; i++) bytes[at + i] = passage[i]!;
    return this;
  }

  ascii(text: string): this {
    const bytes = this.#grow(text.length);
    const at = this.#used - text.length;
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
    return this;
  }

  /** A text in UTF-8. */
  text(text: string): this {
    return isAscii(text) ? this.ascii(text) : this.append(encoder.encode(text));
  }

  /** Zeros, as what was not written yet is. */
  zeros(count: number): this {
    this.#grow(count);
    return this;
  }

  /** Zeros up to a length. */
  padTo(length: number): this {
    return this.zeros(length - this.length);
  }

  pad8(): this {
    return this.padTo(align8(this.length));
  }

  #grow(by: number): Uint8Array {
    this.#used += by;
    if (this.#used > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#used));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

function passageOf(dtype: DType): Float32Array {
  const known = passages.get(dtype);
  if (known) return known;
  const made = new (arrayType(dtype))(passage.buffer) as Float32Array;
  passages.set(dtype, made);
  return made;
}

/** The bytes of an array, without a copy. */
export function bytesOf(data: TypedArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

export function align8(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** How many bytes a text takes in UTF-8. */
export function textLength(text: string): number {
  return isAscii(text) ? text.length : encoder.encode(text).length;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
