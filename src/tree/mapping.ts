import { ModelError } from "../errors.ts";
import { formatStructure, isDict, mapNested, sameStructure, sortedKeys } from "../graph/nested.ts";
import { isCallback } from "../json/check-options.ts";
import { setEntry } from "../json/copy.ts";
import { checkLevel } from "../json/depth.ts";
import { inspect } from "../json/inspect.ts";
import { flatten, type Tree } from "./flat.ts";

/** What a function of `traverse` gives where null is to stand in the result: null itself means that nothing changes. */
export const MAP_TO_NONE: unique symbol = Symbol("MAP_TO_NONE");

/**
 * A function of each value, or of the values at one place of several structures, in the structure of the first.
 *
 * @param func Gets a value of each structure.
 * @param structures One or more, all with the same lists, dicts and keys.
 *
 * @example
 * import { mapStructure } from "ceratops/tree";
 *
 * mapStructure((a: number, b: number) => a + b, { x: [1, 2] }, { x: [3, 4] }); // {"x": [4, 6]}
 */
export function mapStructure<T, R>(func: (...values: T[]) => R, ...structures: readonly Tree<T>[]): Tree<R> {
  const [first, ...others] = checked("mapStructure", func, structures);
  for (const other of others) {
    if (sameStructure(first, other)) continue;
    const [one, received] = [formatStructure(first), formatStructure(other)];
    throw new ModelError("mapStructure", `expected structures like ${one}, received one like ${received}.`);
  }
  const lists = others.map((other) => flatten(other));
  let place = 0;
  return mapNested(first, (leaf) => {
    const values = [leaf, ...lists.map((list) => list[place] as T)];
    place++;
    return func(...values); // at most 1,000: who calls writes the structures out
  });
}

/**
 * As `mapStructure`, down to where the first structure has values: the others may go on there.
 *
 * @param shallowStructure Where it has a value, `func` gets what the others have.
 *
 * @example
 * import { mapStructureUpTo } from "ceratops/tree";
 *
 * mapStructureUpTo([0, 0], (part) => part, [[1, 2], { a: 3 }]); // [[1, 2], {"a": 3}]
 */
export function mapStructureUpTo<R>(
  shallowStructure: Tree<unknown>,
  func: (...parts: Tree<unknown>[]) => R,
  ...structures: readonly Tree<unknown>[]
): Tree<R> {
  const all = checked("mapStructureUpTo", func, structures);
  const into = (shallow: Tree<unknown>, parts: readonly Tree<unknown>[], level: number): Tree<R> => {
    checkLevel(level);
    if (Array.isArray(shallow)) {
      if (!parts.every((part) => Array.isArray(part) && part.length === shallow.length))
        throw misfit(shallow, parts);
      return shallow.map((item, i) =>
        into(
          item,
          parts.map((part) => (part as Tree<unknown>[])[i]),
          level + 1,
        ),
      );
    }
    if (!isDict(shallow)) return func(...parts); // at most 1,000: who calls writes the structures out
    const keys = sortedKeys(shallow);
    const fits = (part: Tree<unknown>) => isDict(part) && sortedKeys(part).join("\n") === keys.join("\n");
    if (!parts.every(fits)) throw misfit(shallow, parts);
    const copy: Record<string, Tree<R>> = {};
    for (const key of keys) {
      const inside = parts.map((part) => (part as Record<string, Tree<unknown>>)[key]);
      setEntry(copy, key, into(shallow[key], inside, level + 1));
    }
    return copy;
  };
  return into(shallowStructure, all, 0);
}

function misfit(shallow: Tree<unknown>, parts: readonly Tree<unknown>[]): ModelError {
  const [one, other] = [formatStructure(shallow), parts.map((part) => formatStructure(part)).join(" and ")];
  return new ModelError("mapStructureUpTo", `expected structures like ${one}, received ${other}.`);
}

/**
 * A function of each shape in a structure: a list of integers and nulls is a shape, and not taken apart.
 *
 * @example
 * import { mapShapeStructure } from "ceratops/tree";
 *
 * mapShapeStructure((shape) => shape.length, { a: [1, null] }); // {"a": 2}
 */
export function mapShapeStructure<R>(
  func: (shape: readonly (number | null)[]) => R,
  structure: Tree<unknown>,
): Tree<R> {
  checked("mapShapeStructure", func, [structure]);
  const into = (part: Tree<unknown>, level: number): Tree<R> => {
    checkLevel(level);
    if (isShape(part)) return func(part);
    if (Array.isArray(part)) return part.map((item) => into(item, level + 1));
    if (!isDict(part))
      throw new ModelError("mapShapeStructure", `expected shapes, received ${inspect(part)}.`);
    const copy: Record<string, Tree<R>> = {};
    for (const key of Object.keys(part)) setEntry(copy, key, into(part[key], level + 1));
    return copy;
  };
  return into(structure, 0);
}

function isShape(part: unknown): part is readonly (number | null)[] {
  return Array.isArray(part) && part.every((size) => size === null || Number.isInteger(size));
}

/**
 * A function of each list, dict and value. Where it gives null, what it got stays, and is gone into; where it gives
 * something else, that stands there; `MAP_TO_NONE` stands for null.
 *
 * @param topDown Whether it gets a list before its members, and then no members of one that it changed. Defaults to true.
 *
 * @example
 * import { traverse } from "ceratops/tree";
 *
 * traverse((part) => (part === 1 ? "one" : null), [1, [2, 1]]); // ["one", [2, "one"]]
 */
export function traverse(
  func: (part: Tree<unknown>) => unknown,
  structure: Tree<unknown>,
  topDown = true,
): Tree<unknown> {
  checked("traverse", func, [structure]);
  const replaced = (result: unknown, otherwise: () => Tree<unknown>): Tree<unknown> => {
    if (result === MAP_TO_NONE) return null;
    return result === null || result === undefined ? otherwise() : (result as Tree<unknown>);
  };
  const inside = (part: Tree<unknown>, level: number): Tree<unknown> => {
    if (Array.isArray(part)) return part.map((item) => into(item, level + 1));
    if (!isDict(part)) return part;
    const copy: Record<string, Tree<unknown>> = {};
    for (const key of Object.keys(part)) setEntry(copy, key, into(part[key], level + 1));
    return copy;
  };
  const into = (part: Tree<unknown>, level: number): Tree<unknown> => {
    checkLevel(level);
    if (topDown) return replaced(func(part), () => inside(part, level));
    const changed = inside(part, level);
    return replaced(func(changed), () => changed);
  };
  return into(structure, 0);
}

/** The structures, of which there must be one, after a function. */
function checked<T>(
  where: string,
  func: unknown,
  structures: readonly Tree<T>[],
): readonly [Tree<T>, ...Tree<T>[]] {
  if (!isCallback(func)) throw new ModelError(where, `expected a function, received ${inspect(func)}.`);
  const [first, ...others] = structures;
  if (structures.length > 0 && structures.length <= 1000) return [first as Tree<T>, ...others];
  throw new ModelError(where, `expected 1 to 1,000 structures, received ${structures.length}.`);
}
