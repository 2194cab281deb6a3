import { within } from "../context.ts";
import { ModelError } from "../errors.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Computation } from "./value.ts";

/** A name in front of the variables that are made, and whose it is. */
export interface NameScope {
  /** The names of all open scopes, joined by `/`. */
  readonly path: string;
  readonly owner: object;
}

/** A call that runs: in which mode, for which computation, and what variables made in it are called. */
export interface Calling {
  /** Whether the outermost call is a training one; null where nobody said. */
  readonly training: boolean | null;
  /** The computation that everything done now belongs to, also to variables and constants; null: it is done at once. */
  readonly within: Computation | null;
  /** What float variables are read as; null: as what they are. */
  readonly computeDtype: DType | null;
  readonly names: NameScope | null;
  /** The outermost call, by which penalties on outputs are told from those of another; null outside of one. */
  readonly losses: object | null;
}

const OUTSIDE: Calling = {
  training: null,
  within: null,
  computeDtype: null,
  names: null,
  losses: null,
};

let current: Calling = OUTSIDE;

/** The call that runs now. */
export function calling(): Calling {
  return current;
}

/** Runs `body` as part of a call: as the one that runs now, but for `changes`. `who` is named where it goes wrong. */
export function runCalling<T>(changes: Partial<Calling>, body: () => T, who?: () => string): T {
  return run({ ...current, ...changes }, body, who);
}

/** Runs `body` as if no call ran, but with the names of the one that does: what it makes is no part of that call. */
export function runOutside<T>(names: NameScope | null, body: () => T, who?: () => string): T {
  return run({ ...OUTSIDE, names }, body, who);
}

/** The same in this very call. */
export function run<T>(call: Calling, body: () => T, who: () => string = () => "call"): T {
  const outer = current;
  current = call;
  try {
    return within(body, who, ModelError);
  } finally {
    current = outer;
  }
}
