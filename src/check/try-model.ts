import { type CeratopsError, FileError, type Issue } from "../errors.ts";
import type { Model } from "../models/model.ts";
import { UnbuiltError } from "../saving/why-unbuilt.ts";
import type { Looked } from "./context.ts";
import type { ModelReport } from "./report.ts";
import type { FindingCode } from "./rules.ts";

/** What became of making a model. */
export interface Tried {
  readonly model: Model | null;
  /** Whether all that it needs is known. */
  readonly isKnown: boolean;
}

/** Makes the model of a file, as somebody would who keeps what is not known: what that meets is found. */
export async function tryModel(
  { findings }: Looked,
  make: (onUnknown: (issue: Issue, unknown?: string | null) => void) => Promise<Model>,
): Promise<Tried> {
  const named = new Set(findings.list().map(({ className }) => className));
  let isKnown = true;
  const onUnknown = (issue: Issue, unknown?: string | null) => {
    if (unknown === null) return;
    isKnown = false;
    if (unknown === undefined) findings.add(codeOf(issue), issue.path, issue.message);
    else if (!named.has(unknown)) findings.add("unknown-class", issue.path, issue.message);
  };
  return { model: await findings.attempt(codeOfError, () => make(onUnknown)), isKnown };
}

export function describe(model: Model): ModelReport {
  return { name: model.name, class_name: model.constructor.className, layers: model.layers.length };
}

function codeOfError(error: CeratopsError): FindingCode {
  if (error instanceof UnbuiltError) return "unknown-weights";
  return error instanceof FileError ? "damaged-weights" : "damaged-config";
}

/** The code for what a reader does not know, and what is neither a class nor a function. */
function codeOf(issue: Issue): FindingCode {
  return issue.path.startsWith("config") ? "unknown-key" : "unknown-weights";
}
