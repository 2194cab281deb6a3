import { within } from "../context.ts";
import { Lacks } from "../dialects/lacks.ts";
import { DEFAULT_DIALECT, type Dialect, hasIdsInTexts } from "../dialects/version.ts";
import { invariant } from "../errors.ts";

/** What is being written, while configs are written. */
export interface Writing {
  /** The Keras version it is for: asked for, or that of the outermost object. Null: nothing is written yet. */
  readonly dialect: Dialect | null;
  /** The oldest version that has all that was written; null: the dialect was asked for, and what it lacks is an error. */
  readonly needs: { dialect: Dialect } | null;
  /** What the dialect has no word for, where it is gathered already. */
  readonly lacks: Lacks | null;
  /** Whether what is written has no place for how models were compiled. */
  readonly isUncompiled: boolean;
  /** Which call of its operation each call of a graph is, as the model being written counts them. */
  readonly nodeIndices: ReadonlyMap<object, number> | null;
  /** How many objects the one being written is inside of. */
  readonly depth: number;
  /**
   * How often each object was written, if it is for a file: ids of shared objects belong there, and to no config or text
   * of its own.
   */
  readonly file: Map<object, number> | null;
}

const nothing: Writing = Object.freeze({
  dialect: null,
  needs: null,
  lacks: null,
  isUncompiled: false,
  nodeIndices: null,
  depth: 0,
  file: null,
});

let current: Writing = nothing;

/** The writing that is going on; where there is none, one that says nothing. */
export function currentWriting(): Writing {
  return current;
}

/** Runs `body` as part of a writing; `who` is named where it goes wrong. */
export function runWriting<T>(writing: Writing, body: () => T, who: () => string = () => "serialize"): T {
  const outer = current;
  current = writing;
  try {
    return within(body, who);
  } finally {
    current = outer;
  }
}

/** Where envelopes have the id of an object that others have too. */
export const SHARED_ID = "shared_object_id";

/** The key that is not written back into what is being written: ids of shared objects belong into files, and most of Keras 2 had them everywhere. */
export function keyLeftOut(): string | null {
  return current.file || hasIdsInTexts(current.dialect) ? null : SHARED_ID;
}

/** Runs `body` with configs written in a dialect; with null, in each object's own. */
export function withDialect<T>(dialect: Dialect | null, body: () => T): T {
  return runWriting({ ...current, dialect, needs: null, lacks: null }, body);
}

/**
 * Runs `body`, which writes an object that speaks `own`, null being that of new objects. What is written alone is
 * written in its own dialect, or in the oldest that has all of it; what is part of something in the dialect of that.
 */
export function inDialect<T>(own: Dialect | null, body: (dialect: Dialect) => T): T {
  const { dialect, lacks } = current;
  if (dialect !== null) return lacks ? body(dialect) : gatherLacks(new Lacks(), () => body(dialect));
  const needs = { dialect: own ?? DEFAULT_DIALECT };
  for (;;) {
    const tried = needs.dialect;
    const lacks = new Lacks();
    const result = runWriting({ ...current, dialect: tried, needs, lacks }, () => body(tried));
    if (needs.dialect === tried) {
      lacks.check();
      return result;
    }
  }
}

/** What gathers what is lacking, while something is written. */
export function currentLacks(): Lacks {
  invariant(current.lacks, "nothing is being written");
  return current.lacks;
}

/** Runs `body`, which writes, and throws one error with all that the dialect lacks of it. */
export function gatherLacks<T>(lacks: Lacks, body: () => T, isUncompiled = false): T {
  const result = runWriting({ ...current, lacks, isUncompiled }, body);
  lacks.check();
  return result;
}
