/** Names that are taken, and others that are like a name and free. */
export class FreeNames {
  readonly #taken: Set<string>;
  /** The number to try next behind a name, so that many of one name are not counted again each time. */
  readonly #next = new Map<string, number>();

  readonly #first: number;

  /** Numbers begin with `first`. */
  constructor(taken: Iterable<string> = [], first = 1) {
    this.#taken = new Set(taken);
    this.#first = first;
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  add(name: string): void {
    this.#taken.add(name);
  }

  /** The name, or one with a number behind it where it is taken: `a_1`. From then on it is taken. */
  take(name: string): string {
    let free = name;
    for (let number = this.#next.get(name) ?? this.#first; this.#taken.has(free); number++) {
      free = `${name}_${number}`;
      this.#next.set(name, number + 1);
    }
    this.#taken.add(free);
    return free;
  }
}
