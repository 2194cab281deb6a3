import { builtins } from "../builtins.ts";
import { CeratopsError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import type { PlatformSignal } from "../platform.ts";
import type { CustomObjects } from "../registry/registry.ts";
import { type Archive, openArchive } from "../saving/archive.ts";
import { Budget, checkLimits, type Limits } from "../saving/budget.ts";
import { hdf5, kindOf, zip } from "../saving/file-kind.ts";
import { configName } from "../saving/formats/keras.ts";
import { interruptible } from "../saving/interruptible.ts";
import { type SourceInput, toSource } from "../saving/sources.ts";
import { checkHdf5 } from "./check-hdf5.ts";
import { checkKeras } from "./check-keras.ts";
import { checkArchive, checkOther } from "./check-others.ts";
import { codeByStart, fewBytes } from "./code-bytes.ts";
import type { Facts, Looked } from "./context.ts";
import { Findings } from "./findings.ts";
import { type CheckReport, verdictOf } from "./report.ts";

export interface CheckOptions {
  /** What the report and its messages call the file. Defaults to `file`. */
  readonly name?: string | undefined;
  /** Your own classes and functions, by name: they are not unknown. */
  readonly customObjects?: CustomObjects | undefined;
  /** What the file may ask for until no more is looked at. Each limit has a default that no honest file meets. */
  readonly limits?: Limits | null | undefined;
  /** Ends the work, which then fails with the signal's reason. */
  readonly signal?: PlatformSignal | null | undefined;
}

/**
 * Looks at all that a file holds, without running or importing anything it names: whether it can be used here, and
 * whether it is safe to load it elsewhere. What is wrong with the file is in the report and never thrown.
 *
 * @example
 * const { verdict, findings } = await checkModel(await toBytes(model), { name: "model.keras" });
 * verdict; // "clean"
 * findings; // []
 */
export async function checkModel(input: SourceInput, options: CheckOptions = {}): Promise<CheckReport> {
  checkOptions("checkModel", options, { name: true, customObjects: true, limits: true, signal: true });
  checkLimits("checkModel", options.limits);
  const { name = "file", customObjects, limits, signal } = options;
  const given = limits ?? {};
  const known = customObjects ? builtins.with(customObjects) : builtins;
  const findings = new Findings(name);
  const facts = await findings.attempt("unreadable", async () =>
    interruptible(await toSource(input, signal), signal, (source) =>
      look({
        source,
        budget: new Budget(source.size, given),
        limits: given,
        name,
        findings,
        known,
        customObjects,
      }),
    ),
  );
  return reportOf(name, facts ?? nothing, findings);
}

/** The report of a file that cannot even be opened. */
export function unreadable(name: string, error: CeratopsError): CheckReport {
  const findings = new Findings(name);
  for (const { path, message } of error.issues) findings.add("unreadable", path, message);
  return reportOf(name, nothing, findings);
}

const nothing: Facts = { format: "other", isWhole: false };

function reportOf(file: string, { isWhole, ...facts }: Facts, found: Findings): CheckReport {
  const findings = found.list();
  const isBad = findings.some(({ severity }) => severity !== "harmless" && severity !== "unknown");
  return {
    file,
    keras_version: null,
    date_saved: null,
    model: null,
    weights: null,
    needs: null,
    loads: [],
    ...facts,
    verdict: verdictOf(findings),
    usable: isWhole && !isBad,
    findings,
  };
}

/** Looks at a file by what its content is, whatever it is called. */
async function look(looked: Looked): Promise<Facts> {
  const { source, name, budget, findings } = looked;
  const kind = await kindOf(source);
  if (kind === zip) {
    const archive = await findings.attempt("unreadable", () => openArchive(source, name, budget));
    return archive ? lookInside(archive, looked) : { format: "zip", isWhole: false };
  }
  const hidden = await hiddenArchive(looked);
  if (!hidden) return kind === hdf5 ? checkHdf5(looked) : checkOther(looked);
  const code = codeByStart(await source.read(0, Math.min(source.size, fewBytes)));
  if (code) findings.add("code-in-file", "", `begins as ${code}, and is an archive too.`);
  const first = kind?.name ?? "something else";
  findings.add("two-files-in-one", "", `begins as ${first}, and is an archive too.`);
  if (kind === hdf5) await checkHdf5(looked);
  return lookInside(hidden, looked);
}

function lookInside(archive: Archive, looked: Looked): Promise<Facts> {
  return archive.members.has(configName) ? checkKeras(archive, looked) : checkArchive(archive, looked);
}

/** The archive at the end of a file that begins as something else; null where there is none. */
async function hiddenArchive({ source, name, budget }: Looked): Promise<Archive | null> {
  try {
    const archive = await openArchive(source, name, budget);
    return archive.members.size > 0 ? archive : null;
  } catch (error) {
    if (!(error instanceof CeratopsError)) throw error;
    return null;
  }
}
