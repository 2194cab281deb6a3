import type { CheckedSource } from "./checked-source.ts";

/** The checksum of a file that weights are read from, compared at the latest when the last of them is read. */
export class FileSum {
  readonly #source: CheckedSource;
  /** How many weights nobody has yet. */
  #left = 0;

  constructor(source: CheckedSource) {
    this.#source = source;
  }

  /** Whether all of the file was read and is what was written. */
  get isChecked(): boolean {
    return this.#source.isChecked;
  }

  /** Reads what was not read yet; fails where the file is not what was written. */
  check(): Promise<void> {
    return this.#source.check();
  }

  /** Says that a weight is going to be read, by one or more who share it. */
  expect(): void {
    this.#left++;
  }

  /**
   * Says that a weight was read for the first time. With the last one what else is in the file is read too, where that can
   * be done at once.
   */
  took(): void {
    if (--this.#left === 0) this.#source.checkNow?.();
  }
}
