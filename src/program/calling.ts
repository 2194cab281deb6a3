import { finished } from "../context.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Evaluate } from "./eager.ts";
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
  /** What computes at once where no tensor says it. */
  readonly evaluate: Evaluate | null;
  readonly names: NameScope | null;
  /** The penalties on outputs that came up in the outermost call; null outside of one. */
  readonly losses: unknown[] | null;
}

const OUTSIDE: Calling = {
  training: null,
  within: null,
  computeDtype: null,
  evaluate: null,
  names: null,
  losses: null,
};

let current: Calling = OUTSIDE;

/** The call that runs now. */
export function calling(): Calling {
  return current;
}

/** Runs `body` as part of a call: as the one that runs now, but for `changes`. `who` is named where it is async. */
export function runCalling<T>(changes: Partial<Calling>, body: () => T, who: () => string = () => "call"): T {
  const outer = current;
  current = { ...outer, ...changes };
  try {
    return finished(body(), who);
  } finally {
    current = outer;
  }
}

/** Runs `body` as if no call ran: what it makes belongs to none. */
export function runOutside<T>(body: () => T): T {
  return runCalling({ ...OUTSIDE, evaluate: current.evaluate }, body);
}

/** Says what computes at once on tensors of which nobody said it; for the whole program. */
export function setDefaultEvaluator(evaluate: Evaluate): void {
  current = { ...current, evaluate };
}
