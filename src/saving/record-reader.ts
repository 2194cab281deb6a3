/** Reads a little-endian record field by field; `short` makes the error of one that ends too early. */
export class RecordReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #short: () => Error;
  #at = 0;

  constructor(bytes: Uint8Array, short: () => Error) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#short = short;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  u16(): number {
    return this.#view.getUint16(this.#next(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#next(4), true);
  }

  /** Above 2**53 it is not exact, and larger than any file. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.#next(8), true));
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    const at = this.#next(length);
    return this.#bytes.subarray(at, at + length);
  }

  skip(length: number): void {
    this.#next(length);
  }

  #next(length: number): number {
    if (length > this.remaining) throw this.#short();
    this.#at += length;
    return this.#at - length;
  }
}
