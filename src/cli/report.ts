import { CeratopsError, type Issue } from "../errors.ts";
import { withoutSecrets } from "../saving/address.ts";
import { exitCodes, UsageError } from "./command.ts";
import type { Io, Output } from "./io.ts";
import { type Color, painted } from "./terminal.ts";

const mostIssues = 10;

/** Colors where the output is a terminal and nobody asked for none (https://no-color.org). */
export function colorsFor(output: Output, { env }: Io): Readonly<Record<Color, (text: string) => string>> {
  const isColored = output.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const paint = (color: Color) => (text: string) => (isColored ? painted(color, text) : text);
  return { red: paint("red"), yellow: paint("yellow"), green: paint("green") };
}

/** Says what went wrong, a line for each problem, and gives the exit code. */
export function reportError(error: unknown, io: Io, debug: boolean): number {
  for (const line of linesOf(error)) writeLine("error", line, io);
  if (debug && error instanceof Error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause)
      io.stderr.write(`${withoutSecrets(String(at.stack))}\n`);
  }
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

/** A mistake on the command line, as the parser words it. */
export function reportUsage(text: string, io: Io): void {
  const [line = ""] = text.split("\n", 1);
  const help = /\((Did you mean [^)]*)\)/.exec(text)?.[1];
  const problem = line.replace(/^error: /, "").replace(/\.?$/, ".");
  writeLine("error", help ? `${problem} ${help}` : problem, io);
}

/** Says what was not known, and kept. */
export function reportWarning(issue: Issue, io: Io): void {
  writeLine("warning", textOfIssue(issue), io);
}

/** Options of functions that messages speak of, and the flags that stand for them. */
const flags: readonly (readonly [option: string, flag: string])[] = [
  ['drop: "optional"', "--drop optional"],
  ["compile: false", "--no-compile"],
  ["keepUnknown: true", "--keep-unknown"],
];

function textOfIssue({ path, message }: Issue): string {
  const named = flags.reduce((text, [option, flag]) => text.replaceAll(option, flag), message);
  return path ? `${path}: ${named}` : named;
}

function writeLine(kind: "error" | "warning", message: string, io: Io): void {
  const paint = colorsFor(io.stderr, io);
  const label = kind === "error" ? paint.red("error") : paint.yellow("warning");
  io.stderr.write(`ceratops: ${label}: ${withoutSecrets(message.replace(/[\n\t]/g, " "))}\n`);
}

function linesOf(error: unknown): string[] {
  if (error instanceof CeratopsError) {
    const { issues } = error;
    const rest = issues.length - mostIssues;
    const lines = issues.slice(0, rest > 1 ? mostIssues : issues.length).map(textOfIssue);
    return rest > 1 ? [...lines, `${rest} more problems of this kind.`] : lines;
  }
  if (error instanceof UsageError) return [error.message];
  const message = error instanceof Error ? error.message : String(error);
  return [`internal error: ${message.replace(/\.?$/, ".")} Run again with --debug to see where.`];
}
