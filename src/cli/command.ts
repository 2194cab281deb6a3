import { fileURLToPath } from "node:url";
import { quote } from "../json/quote.ts";
import type { Io } from "./io.ts";

/** How a command ends: all is well, the file is bad or a check failed, or it was used wrongly. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/** What help calls a file that a model is read from. */
export const modelFile = "a .keras file, or the address of one";

/** The command line asks for something that makes no sense. */
export class UsageError extends Error {}

/** An option of a command. Its flag is made from its key: `batchSize` is `--batch-size`. */
export interface Option<T> {
  readonly description: string;
  /** What help calls its value; none for an option that is there or not. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** A letter that stands for it: `o` is `-o`. */
  readonly letter?: string;
  /** Reads the value; throws a UsageError that says what was expected. */
  readonly parse?: (text: string) => T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

type ValuesOf<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends Option<infer T> ? T : never;
};

/** What a command does with one command line. */
export interface Call<O extends Options = Options> {
  readonly args: readonly string[];
  readonly options: ValuesOf<O>;
  readonly io: Io;
}

/** A command, from which its parsing and its help are made. What it needs to run it imports when it runs. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  readonly description: string;
  /** Placeholder → what it is, in order; all must be given, and several where it ends with dots. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly options: O;
  /** What help says behind the options. */
  readonly notes?: string;
  /** Command lines that show its use. */
  readonly examples: readonly string[];
  /** Gives the exit code; nothing stands for success. */
  run(call: Call<O>): Promise<number | undefined>;
}

export function command<O extends Options>(record: Command<O>): Command {
  return record as unknown as Command;
}

export function flag(description: string): Option<boolean> {
  return { description };
}

export function text(value: string, description: string): Option<string> {
  return { description, value, parse: (given) => given };
}

/** The name of a file, by its path or its address. */
export function file(description: string): Option<string> {
  return { description, value: "file", parse: pathIn };
}

/** The path that an address of a file on this machine is of; all else as it is. */
export function pathIn(given: string): string {
  if (!/^file:\//i.test(given)) return given;
  try {
    return fileURLToPath(given);
  } catch {
    throw new UsageError(`expected the address of a file on this machine, received ${quote(given)}.`);
  }
}

/** An integer that is at least `least`. */
export function integer(value: string, description: string, least = 0): Option<number> {
  return {
    description,
    value,
    parse(given) {
      const number = Number(given);
      if (/^\d+$/.test(given) && Number.isSafeInteger(number) && number >= least) return number;
      throw new UsageError(`expected an integer of at least ${least}, received ${quote(given)}.`);
    },
  };
}

export function choice<const C extends string>(
  value: string,
  choices: readonly C[],
  description: string,
): Option<C> {
  return { description, value, choices };
}

export const json: Option<boolean> = flag("Print a report for programs, as JSON on one line.");

export const keepUnknown: Option<boolean> = flag(
  "Keep classes and keys that are not known as they are, with a warning, instead of failing.",
);
