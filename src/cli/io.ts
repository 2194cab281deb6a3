import type { Limits } from "../saving/budget.ts";

/** Where a command writes: the parts of `process.stdout` that are used. */
export interface Output {
  write(data: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  /** How many characters a terminal's line has. */
  readonly columns?: number | undefined;
}

export const settings = ["NO_COLOR", "TERM", "CERATOPS_DEBUG"] as const;
export type Setting = (typeof settings)[number];

/** What a command line is given of the outer world beside files. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The variables of the environment that are looked at, by their names. */
  readonly env: Readonly<Partial<Record<Setting, string | undefined>>>;
}

/** The same as a command has it. */
export interface Io extends Streams {
  readonly status: Status;
  /** What a file that is read may ask for, where the command line says so. */
  limits: Limits;
}

/** A line on a terminal that says how far long work is. */
export interface Status {
  say(line: () => string): void;
  clear(): void;
}
