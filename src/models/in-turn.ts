import type { Variable } from "../program/variable.ts";

/** The last use of each variable that is under way. */
const lastUses = new WeakMap<Variable, Promise<unknown>>();

/** Runs a task that changes variables when all are done that were given before it and change one of the same. */
export function inTurn<T>(variables: readonly Variable[], task: () => Promise<T>): Promise<T> {
  const done = Promise.all(variables.map((variable) => lastUses.get(variable))).then(task);
  const settled = done.catch(() => undefined);
  for (const variable of variables) lastUses.set(variable, settled);
  return done;
}
