import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { unreadable } from "../check/check-model.ts";
import { type CheckReport, exitCodes, toSarif, type Verdict, worstVerdict } from "../check/index.ts";
import { worstFirst } from "../check/verdicts.ts";
import { FileError } from "../errors.ts";
import { isWebAddress } from "../saving/address.ts";
import { checkFile } from "./check-file.ts";
import { checkJson, checkText } from "./check-text.ts";
import { UsageError } from "./command.ts";
import { nameOfInput, standard } from "./files.ts";
import type { Io } from "./io.ts";
import { modelFiles } from "./model-files.ts";

/** How reports are written: for people, a line of JSON for each file, or one of SARIF for all. */
export type ReportForm = "text" | "json" | "sarif";

/**
 * Looks at files and at what is in folders, and writes a report of each as soon as it is there; of SARIF only the findings
 * are kept till the end. Gives the exit code for the worst of them. A bug of ours that one file meets hides no other: it is
 * thrown when all were looked at.
 */
export async function checkFiles(paths: readonly string[], form: ReportForm, io: Io): Promise<number> {
  const counts = new Map<Verdict, number>();
  const kept: Pick<CheckReport, "file" | "verdict" | "findings">[] = [];
  const bugs: unknown[] = [];
  for await (const { path, error } of modelFiles(paths)) {
    const report = error === null ? await reportOf(path, io, bugs) : unreadable(nameOfInput(path), error);
    const { verdict, findings } = report;
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (form === "sarif") kept.push({ file: await pathFromHere(path), verdict, findings });
    else io.stdout.write(`${form === "json" ? checkJson(report) : checkText(report, io)}\n`);
  }
  if (form === "sarif") io.stdout.write(`${JSON.stringify(toSarif(kept))}\n`);
  const totals = form === "text" ? totalsOf(counts) : null;
  if (totals !== null) io.stdout.write(`${totals}\n`);
  if (bugs.length > 0) throw bugs[0];
  return exitCodes[worstVerdict(counts.keys())];
}

async function reportOf(path: string, io: Io, bugs: unknown[]): Promise<CheckReport> {
  try {
    return await checkFile(path, io);
  } catch (bug) {
    if (bug instanceof UsageError) throw bug;
    bugs.push(bug);
    const name = nameOfInput(path);
    return unreadable(name, new FileError(name, "cannot be looked at, for an internal error."));
  }
}

/** The path of a file from the current folder, past links, as code hosts want it; of one that is elsewhere the whole path. */
async function pathFromHere(path: string): Promise<string> {
  if (path === standard || isWebAddress(path)) return nameOfInput(path);
  const file = await realpath(path).catch(() => resolve(path));
  const way = relative(await realpath("."), file);
  const isElsewhere = way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
  return (isElsewhere ? file : way).replaceAll(sep, "/");
}

/** How many files there are of each verdict; null of one file, whose report says it. */
function totalsOf(counts: ReadonlyMap<Verdict, number>): string | null {
  const there = worstFirst.filter((verdict) => counts.has(verdict));
  const files = there.reduce((sum, verdict) => sum + (counts.get(verdict) ?? 0), 0);
  if (files === 0) return "no model files";
  return files === 1
    ? null
    : `${files} files: ${there.map((verdict) => `${counts.get(verdict)} ${verdict}`).join(", ")}`;
}
