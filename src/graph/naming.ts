import { toSnakeCase } from "../registry/snake-case.ts";

export { toSnakeCase } from "../registry/snake-case.ts";

const counters = new Map<string, number>();

/** The next free name of a class: `dense`, `dense_1`, … counted over the whole program, as Keras counts. */
export function autoName(className: string): string {
  return uniquify(toSnakeCase(className));
}

/** Whether a name is one that was made, not given. */
export function isAutoName(name: string, className: string): boolean {
  const base = toSnakeCase(className);
  return name === base || (name.startsWith(`${base}_`) && /^\d+$/.test(name.slice(base.length + 1)));
}

export function uniquify(base: string): string {
  const count = counters.get(base) ?? 0;
  counters.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Runs `body`, after which the count of names is what it was before. */
export function keepingNames<T>(body: () => T): T {
  const before = [...counters];
  try {
    return body();
  } finally {
    counters.clear();
    for (const [base, count] of before) counters.set(base, count);
  }
}

/** Starts counting names anew, as `keras.utils.clear_session()` does. */
export function resetNames(): void {
  counters.clear();
}
