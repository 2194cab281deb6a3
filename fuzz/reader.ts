import type { Random } from "./random.ts";

/** What a reader is given: the bytes of a file, or a plain value. */
export type Input = Uint8Array | Plain;

/** A value as a config holds it; `undefined` and bigints included. */
export type Plain =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Plain[]
  | { [key: string]: Plain };

/**
 * Something that reads what strangers wrote. To try a new one, write one of these and put it into the table of
 * `readers/index.ts`.
 */
export interface Reader<I extends Input = Input> {
  readonly name: string;
  /** How many of a hundred cases or so it gets. */
  readonly share: number;
  /** What is honest, and small. */
  seeds(): readonly I[] | Promise<readonly I[]>;
  /** A seed with something changed; the seed itself stays as it is. */
  mutate(seed: I, random: Random, seeds: readonly I[]): I;
  /**
   * Reads it, and looks at what was read with `expectThat`. An error of this package is a right outcome; whatever else
   * it throws is a fault.
   */
  run(input: I): unknown;
}

/** What is wrong with something that was read without an error. */
export class Wrong extends Error {}

export function expectThat(condition: boolean, text: string): void {
  if (!condition) throw new Wrong(text);
}
