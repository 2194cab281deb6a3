import { FileError } from "../../errors.ts";
import { arrayType, type DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ByteSource } from "../byte-source.ts";
import { formatCrc } from "../crc32.ts";
import { toTensor } from "../hdf5/elements.ts";
import type { BundleEntry } from "./bundle-entry.ts";
import { crc32c, maskedCrc } from "./crc32c.ts";
import { ByteCursor } from "./protobuf.ts";

/** A tensor of a bundle: what it is is known, its elements are read on demand, and their sum is compared each time. */
export class BundleTensor {
  readonly name: string;
  readonly dtype: BundleEntry["dtype"];
  readonly shape: StaticShape;
  readonly #entry: BundleEntry;
  readonly #source: ByteSource;
  readonly #at: string;

  constructor(name: string, entry: BundleEntry, source: ByteSource, at: string) {
    this.name = name;
    this.dtype = entry.dtype;
    this.shape = entry.shape;
    this.#entry = entry;
    this.#source = source;
    this.#at = at;
    if (entry.offset + entry.size > source.size) {
      throw new FileError(
        at,
        `expected ${entry.size} bytes at ${entry.offset}, received a file of ${source.size} bytes. It may be cut.`,
      );
    }
  }

  async read(): Promise<Tensor> {
    const { offset, size } = this.#entry;
    return this.#tensor(await this.#source.read(offset, size));
  }

  /** The same at once, where the source can. */
  get readSync(): (() => Tensor) | undefined {
    const { readSync } = this.#source;
    const { offset, size } = this.#entry;
    return readSync && (() => this.#tensor(readSync.call(this.#source, offset, size)));
  }

  /** The bytes of a tensor that is one string. */
  async readString(): Promise<Uint8Array> {
    const { offset, size } = this.#entry;
    if (this.dtype !== "string" || this.shape.length > 0)
      throw new FileError(
        this.#at,
        `expected a string, received ${this.dtype} of rank ${this.shape.length}.`,
      );
    const bytes = await this.#source.read(offset, size);
    const cursor = new ByteCursor(bytes, this.#at);
    const length = cursor.varint();
    const sumOfLengths = cursor.uint32();
    const text = cursor.take(length);
    // The sum is not of what stands there: lengths count as numbers of 4 or 8 bytes.
    const lengths = new Uint8Array(length < 2 ** 32 ? 4 : 8);
    new DataView(lengths.buffer).setUint32(0, length, true);
    let crc = crc32c(lengths);
    this.#compare(sumOfLengths, maskedCrc(crc));
    const sumBytes = new Uint8Array(4);
    new DataView(sumBytes.buffer).setUint32(0, sumOfLengths, true);
    crc = crc32c(text, crc32c(sumBytes, crc));
    this.#compare(this.#entry.crc, maskedCrc(crc));
    return text;
  }

  #tensor(bytes: Uint8Array): Tensor {
    const { dtype } = this;
    if (dtype === "string" || dtype === "unsupported")
      throw new FileError(this.#at, `expected numbers, received ${dtype} elements.`);
    this.#compare(this.#entry.crc, maskedCrc(crc32c(bytes)));
    return toTensor({ kind: "number", dtype, size: sizeOf(dtype), bigEndian: false }, this.shape, bytes);
  }

  #compare(expected: number, received: number): void {
    if (expected === received) return;
    throw new FileError(
      this.#at,
      `expected the bytes that were written, of CRC ${formatCrc(expected)}, received others, of CRC ${formatCrc(received)}.`,
    );
  }
}

function sizeOf(dtype: DType): number {
  return arrayType(dtype).BYTES_PER_ELEMENT;
}
