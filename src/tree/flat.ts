import { ModelError } from "../errors.ts";
import { isDict, flatten as leavesOf, type Nested, packLike, sortedKeys } from "../graph/nested.ts";
import { checkLevel } from "../json/depth.ts";

/** Values in lists and dicts (plain objects), nested as deep as wanted. Null is a value; so is an instance of a class. */
export type Tree<T> = Nested<T>;

/** Where in a structure a value is: places in lists and keys of dicts, from the outside in. */
export type Path = readonly (number | string)[];

/**
 * All values of a structure in order; those of dicts in the order of their sorted keys.
 *
 * @example
 * import { flatten } from "ceratops/tree";
 *
 * const values = flatten({ b: 1, a: [2, 3] }); // [2, 3, 1]
 */
export function flatten<T>(structure: Tree<T>): T[] {
  return leavesOf(structure);
}

/**
 * All values of a structure in the order of `flatten`, each with its path.
 *
 * @example
 * import { flattenWithPath } from "ceratops/tree";
 *
 * const found = flattenWithPath({ a: [2, 3] }); // [[["a", 0], 2], [["a", 1], 3]]
 */
export function flattenWithPath<T>(structure: Tree<T>): [path: Path, value: T][] {
  const found: [Path, T][] = [];
  collect(structure, [], found);
  return found;
}

function collect<T>(structure: Tree<T>, path: Path, found: [Path, T][]): void {
  checkLevel(path.length);
  if (Array.isArray(structure)) {
    for (const [i, item] of structure.entries()) collect(item as Tree<T>, [...path, i], found);
  } else if (isDict(structure)) {
    for (const key of sortedKeys(structure)) collect(structure[key] as Tree<T>, [...path, key], found);
  } else {
    found.push([path, structure as T]);
  }
}

/**
 * Whether something is a list or a dict.
 *
 * @example
 * import { isNested } from "ceratops/tree";
 *
 * isNested([1]); // true
 */
export function isNested(structure: unknown): boolean {
  return Array.isArray(structure) || isDict(structure);
}

/**
 * Values put into the lists and dicts of a structure, in the order of `flatten`.
 *
 * @param structure The structure; its own values do not matter.
 * @param flatSequence As many values as it has.
 *
 * @example
 * import { packSequenceAs } from "ceratops/tree";
 *
 * packSequenceAs({ b: 0, a: [0, 0] }, [1, 2, 3]); // {"b": 3, "a": [1, 2]}
 */
export function packSequenceAs<T>(structure: Tree<unknown>, flatSequence: readonly T[]): Tree<T> {
  const { length } = leavesOf(structure);
  if (!Array.isArray(flatSequence) || flatSequence.length !== length) {
    const received = Array.isArray(flatSequence) ? flatSequence.length : typeof flatSequence;
    throw new ModelError("packSequenceAs", `expected ${length} values, received ${received}.`);
  }
  return packLike(structure, flatSequence as readonly T[]);
}
