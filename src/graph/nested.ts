import { setEntry } from "../json/copy.ts";
import { checkLevel } from "../json/depth.ts";
import { quote } from "../json/quote.ts";

/** Values in lists and dicts, nested as deep as wanted: the form of a model's inputs and outputs. */
export type Nested<T> = T | readonly Nested<T>[] | { readonly [key: string]: Nested<T> };

/** A dict of a structure: a plain object, never an instance of a class. */
export function isDict(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The keys of a dict in the order Keras flattens them: sorted by code point. */
export function sortedKeys(dict: object): string[] {
  const keys = Object.keys(dict);
  return keys.length > 1 ? keys.sort(byCodePoint) : keys;
}

function byCodePoint(a: string, b: string): number {
  for (let i = 0; ; i++) {
    const [one, other] = [a.codePointAt(i), b.codePointAt(i)];
    if (one !== other) return (one ?? -1) - (other ?? -1);
    if (one === undefined) return 0;
  }
}

/** Whether a structure is a list with one item. */
export function isListOfOne<T>(structure: Nested<T>): structure is readonly [Nested<T>] {
  return Array.isArray(structure) && structure.length === 1;
}

/** All leaves, dicts in the order of their sorted keys; null is a leaf. */
export function flatten<T>(structure: Nested<T>): T[] {
  const leaves: T[] = [];
  collect(structure, leaves);
  return leaves;
}

function collect<T>(structure: Nested<T>, leaves: T[], level = 0): void {
  checkLevel(level);
  if (Array.isArray(structure)) for (const item of structure) collect(item, leaves, level + 1);
  else if (isDict(structure))
    for (const key of sortedKeys(structure)) collect(structure[key] as Nested<T>, leaves, level + 1);
  else leaves.push(structure as T);
}

/** The same structure with each leaf replaced; leaves are visited in the order of `flatten`. */
export function mapNested<T, R>(structure: Nested<T>, replace: (leaf: T) => R, level = 0): Nested<R> {
  checkLevel(level);
  if (Array.isArray(structure)) return structure.map((item) => mapNested(item, replace, level + 1));
  if (isDict(structure)) {
    const copy: Record<string, Nested<R>> = {};
    for (const key of Object.keys(structure)) setEntry(copy, key, undefined as never);
    for (const key of sortedKeys(structure))
      setEntry(copy, key, mapNested(structure[key] as Nested<T>, replace, level + 1));
    return copy;
  }
  return replace(structure as T);
}

/** Puts flat leaves back into a structure. */
export function packLike<T>(structure: Nested<unknown>, leaves: readonly T[]): Nested<T> {
  let next = 0;
  return mapNested(structure, () => leaves[next++]!);
}

/** Whether two structures have the same lists, dicts and keys. */
export function sameStructure(a: Nested<unknown>, b: Nested<unknown>, level = 0): boolean {
  checkLevel(level);
  const same = (one: unknown, other: unknown) =>
    sameStructure(one as Nested<unknown>, other as Nested<unknown>, level + 1);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  }
  if (isDict(a)) {
    if (!isDict(b)) return false;
    const keys = sortedKeys(a);
    const others = sortedKeys(b);
    return keys.length === others.length && keys.every((key, i) => key === others[i] && same(a[key], b[key]));
  }
  return !Array.isArray(b) && !isDict(b);
}

/** A structure as errors show it, with `*` for each leaf: `{"a": *, "b": [*, *]}`. */
export function formatStructure(structure: Nested<unknown>): string {
  const text = show(structure);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}

const MAX_LENGTH = 400;

function show(structure: Nested<unknown>, level = 0): string {
  checkLevel(level);
  const inside = (item: unknown) => show(item as Nested<unknown>, level + 1);
  if (Array.isArray(structure)) return `[${structure.map(inside).join(", ")}]`;
  if (!isDict(structure)) return "*";
  const entries = Object.keys(structure).map((key) => `${quote(key)}: ${inside(structure[key])}`);
  return `{${entries.join(", ")}}`;
}
