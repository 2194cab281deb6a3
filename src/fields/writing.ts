import { finished } from "../context.ts";
import type { Dialect } from "./dialect.ts";

/** What is being written, while configs are written. */
export interface Writing {
  /** The Keras version it is for; null: each object's own. */
  readonly dialect: Dialect | null;
  /** Which call of its operation each call of a graph is, as the model being written counts them. */
  readonly nodeIndices: ReadonlyMap<object, number> | null;
  /** How many objects the one being written is inside of. */
  readonly depth: number;
}

const nothing: Writing = Object.freeze({ dialect: null, nodeIndices: null, depth: 0 });

let current: Writing = nothing;

/** The writing that is going on; where there is none, one that says nothing. */
export function currentWriting(): Writing {
  return current;
}

/** Runs `body` as part of a writing. */
export function runWriting<T>(writing: Writing, body: () => T): T {
  const outer = current;
  current = writing;
  try {
    return finished(body(), () => "serialize");
  } finally {
    current = outer;
  }
}

/** Runs `body` with configs written in a dialect; with null, in each object's own. */
export function withDialect<T>(dialect: Dialect | null, body: () => T): T {
  return runWriting({ ...current, dialect }, body);
}
