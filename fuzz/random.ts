/** Numbers that look random and are a function of two seeds: that of a run and that of a case (SplitMix32). */
export class Random {
  #state: number;

  constructor(seed: number, index: number) {
    this.#state = mixed(mixed(seed >>> 0) ^ mixed((index + 0x9e3779b9) >>> 0) ^ Math.floor(index / 2 ** 32));
  }

  /** A whole number from 0 on, below `end`. */
  below(end: number): number {
    return Math.floor((this.#next() / 2 ** 32) * end);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of a list, which must not be empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** How many changes to make: mostly one or two, rarely many. */
  few(): number {
    let count = 1;
    while (count < 12 && this.below(5) < 2) count++;
    return count;
  }

  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    return mixed(this.#state);
  }
}

function mixed(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
