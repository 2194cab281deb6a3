import type { ByteSource } from "./byte-source.ts";
import { RangeSums } from "./range-sums.ts";

/** A source whose bytes have a known sum. */
export interface CheckedSource extends ByteSource {
  /** Whether all of it was read and is what was written. */
  readonly isChecked: boolean;
  /** Reads what was not read yet, piece by piece, and compares the sum. */
  check(): Promise<void>;
  /** The same at once, where the source can. */
  readonly checkNow?: () => void;
}

/** What is left to be read is read at once where it is no more than this, or this part of the whole. */
const littleBytes = 2 ** 16;
const littlePart = 1 / 64;
const pieceSize = 2 ** 20;

/**
 * A source that sums up what is read of it. As soon as all of it was read but for a little, such as the room between
 * tensors, that is read too, and the sum is compared with `crc`; where it differs that read, and every later one, fails.
 */
export function checkedSource(
  source: ByteSource,
  crc: number,
  failure: (received?: number) => Error,
): CheckedSource {
  const sum = new Checking(source, crc, failure);
  const { readSync, size } = source;
  return {
    size,
    get isChecked() {
      return sum.isRight;
    },
    check: () => sum.finish(),
    async read(offset, length) {
      sum.refuse();
      const bytes = await source.read(offset, length);
      if (sum.add(offset, bytes)) await sum.finish();
      return bytes;
    },
    ...(readSync && {
      readSync(offset: number, length: number) {
        sum.refuse();
        const bytes = readSync.call(source, offset, length);
        if (sum.add(offset, bytes)) sum.finishNow(readSync);
        return bytes;
      },
      checkNow() {
        sum.refuse();
        sum.finishNow(readSync);
      },
    }),
  };
}

/** Lets go of the source once the sum is right, so that a file can be closed. */
class Checking {
  readonly #crc: number;
  readonly #failure: (received?: number) => Error;
  readonly #sums = new RangeSums();
  #source: ByteSource | null;
  #received: number | undefined;
  #isWrong = false;

  constructor(source: ByteSource, crc: number, failure: (received?: number) => Error) {
    this.#crc = crc;
    this.#failure = failure;
    this.#source = source;
  }

  get isRight(): boolean {
    return this.#source === null && !this.#isWrong;
  }

  refuse(): void {
    if (this.#isWrong) throw this.#failure(this.#received);
  }

  /** Takes note of what was read; whether it is time to read the rest. */
  add(offset: number, bytes: Uint8Array): boolean {
    if (!this.#source) return false;
    this.#sums.add(offset, bytes);
    const { size } = this.#source;
    return size - this.#sums.covered <= Math.max(littleBytes, size * littlePart);
  }

  async finish(): Promise<void> {
    this.refuse();
    for (const { source, offset, length } of this.#rest()) {
      this.#sums.add(offset, await source.read(offset, length));
    }
    this.#compare();
  }

  finishNow(readSync: NonNullable<ByteSource["readSync"]>): void {
    for (const { source, offset, length } of this.#rest()) {
      this.#sums.add(offset, readSync.call(source, offset, length));
    }
    this.#compare();
  }

  *#rest(): Generator<{ source: ByteSource; offset: number; length: number }> {
    const source = this.#source;
    if (!source) return;
    for (const { start, end } of this.#sums.gaps(source.size)) {
      for (let offset = start; offset < end; offset += pieceSize) {
        yield { source, offset, length: Math.min(pieceSize, end - offset) };
      }
    }
  }

  #compare(): void {
    if (this.#source) {
      this.#received = this.#sums.of(this.#source.size);
      this.#isWrong = this.#received !== this.#crc;
    }
    this.#source = null;
    this.refuse();
  }
}
