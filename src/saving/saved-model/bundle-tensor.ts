import { FileError } from "../../errors.ts";
import { arrayType, type DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ByteSource } from "../byte-source.ts";
import { formatCrc } from "../crc32.ts";
import { toTensor } from "../hdf5/elements.ts";
import type { Place } from "../stored-tensor.ts";
import type { BundleEntry } from "./bundle-entry.ts";
import { crc32c, maskedCrc } from "./crc32c.ts";
import { ByteCursor } from "./protobuf.ts";

/** What is read at once to compare sums. */
const pieceSize = 2 ** 20;

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

  /** How many bytes it has in its file. */
  get byteLength(): number {
    return this.#entry.size;
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

  /** Where its bytes are; who reads them from the first to the last has their sum compared. */
  get place(): Place | undefined {
    const { dtype } = this;
    if (dtype === "string" || dtype === "unsupported" || dtype === "bool") return undefined;
    const { offset, size, crc } = this.#entry;
    let sum = 0;
    let next = offset;
    const read = async (at: number, length: number) => {
      const bytes = await this.#source.read(at, length);
      if (at !== next) return bytes;
      sum = crc32c(bytes, sum);
      next += length;
      if (next === offset + size) this.#compare(crc, maskedCrc(sum));
      return bytes;
    };
    return { source: { read }, offset, length: size };
  }

  /** The bytes of each string, in row-major order. */
  async readStrings(): Promise<readonly Uint8Array[]> {
    const { offset, size, crc } = this.#entry;
    if (this.dtype !== "string") throw new FileError(this.#at, `expected strings, received ${this.dtype}.`);
    const count = this.shape.reduce((product, length) => product * length, 1);
    // Each has its length there, of a byte at least.
    if (!(count <= size)) throw new FileError(this.#at, `expected ${count} strings, received ${size} bytes.`);
    const cursor = new ByteCursor(await this.#source.read(offset, size), this.#at);
    const lengths = Array.from({ length: count }, () => cursor.varint());
    const sum = lengths.reduce((sum, length) => crc32c(asBytes(length), sum), 0);
    const stored = cursor.uint32();
    this.#compare(stored, maskedCrc(sum));
    const strings = lengths.map((length) => cursor.take(length));
    this.#compare(
      crc,
      maskedCrc(strings.reduce((sum, text) => crc32c(text, sum), crc32c(asBytes(stored), sum))),
    );
    return strings;
  }

  /** Reads it and compares its sum, in little memory. */
  async check(): Promise<void> {
    if (this.dtype === "string") {
      await this.readStrings();
      return;
    }
    const { offset, size, crc } = this.#entry;
    let sum = 0;
    for (let done = 0; done < size; done += pieceSize)
      sum = crc32c(await this.#source.read(offset + done, Math.min(pieceSize, size - done)), sum);
    this.#compare(crc, maskedCrc(sum));
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

/** A length as sums count it: a number of 4 bytes, or of 8 where it needs them. */
function asBytes(value: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(value < 2 ** 32 ? 4 : 8));
  bytes.setUint32(0, value % 2 ** 32, true);
  if (bytes.byteLength === 8) bytes.setUint32(4, Math.floor(value / 2 ** 32), true);
  return new Uint8Array(bytes.buffer);
}

function sizeOf(dtype: DType): number {
  return arrayType(dtype).BYTES_PER_ELEMENT;
}
