import { joinCrcs } from "./crc-join.ts";
import { crc32 } from "./crc32.ts";

interface Sum {
  readonly start: number;
  readonly end: number;
  readonly crc: number;
}

/** The CRC-32 of a whole, gathered from its ranges as they are read, in any order and more than once. */
export class RangeSums {
  /** In order, apart from each other. */
  readonly #sums: Sum[] = [];
  #covered = 0;

  /** How many bytes were seen. */
  get covered(): number {
    return this.#covered;
  }

  /** The CRC of the first `size` bytes; undefined where some were not seen. */
  of(size: number): number | undefined {
    if (size === 0) return 0;
    const [first] = this.#sums;
    return first?.start === 0 && first.end === size ? first.crc : undefined;
  }

  /** What was not seen of the first `size` bytes. */
  gaps(size: number): { readonly start: number; readonly end: number }[] {
    const found: { start: number; end: number }[] = [];
    let start = 0;
    for (const sum of this.#sums) {
      if (sum.start > start) found.push({ start, end: sum.start });
      start = sum.end;
    }
    if (start < size) found.push({ start, end: size });
    return found;
  }

  add(start: number, bytes: Uint8Array): void {
    const end = start + bytes.length;
    const first = this.#firstThatEnds(start);
    let all: Sum | undefined;
    let at = start;
    const join = (next: Sum) => {
      const length = next.end - next.start;
      all = all ? { start: all.start, end: next.end, crc: joinCrcs(all.crc, next.crc, length) } : next;
    };
    const take = (to: number) => {
      if (to <= at) return;
      this.#covered += to - at;
      join({ start: at, end: to, crc: crc32(bytes.subarray(at - start, to - start)) });
    };
    let last = first;
    for (let sum = this.#sums[last]; sum && sum.start <= end; sum = this.#sums[++last]) {
      take(sum.start);
      join(sum);
      at = Math.max(at, sum.end);
    }
    take(end);
    if (all) this.#sums.splice(first, last - first, all);
  }

  /** The first range that ends at a place or behind it. */
  #firstThatEnds(place: number): number {
    let low = 0;
    let high = this.#sums.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]!.end < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
