import { ModelError } from "../errors.ts";
import { formatStructure, sameStructure } from "../graph/nested.ts";
import { flattenWithPath, type Tree } from "./flat.ts";

/**
 * Throws where two structures have not the same lists, dicts and keys.
 *
 * @example
 * import { assertSameStructure } from "ceratops/tree";
 *
 * assertSameStructure({ a: [1] }, { a: [2] });
 */
export function assertSameStructure(a: Tree<unknown>, b: Tree<unknown>): void {
  if (sameStructure(a, b)) return;
  const message = `expected a structure like ${formatStructure(a)}, received one like ${formatStructure(b)}.`;
  throw new ModelError("assertSameStructure", message);
}

/**
 * Throws where two structures have not the same paths: a list of two is then as good as a dict of `0` and `1`.
 *
 * @example
 * import { assertSamePaths } from "ceratops/tree";
 *
 * assertSamePaths({ a: 1 }, { a: 2 });
 */
export function assertSamePaths(a: Tree<unknown>, b: Tree<unknown>): void {
  const [one, other] = [pathsOf(a), pathsOf(b)];
  if (one.size === other.size && [...one].every((path) => other.has(path))) return;
  const message = `expected a structure like ${formatStructure(a)}, received one like ${formatStructure(b)}.`;
  throw new ModelError("assertSamePaths", message);
}

/** The paths of all values, as texts that tell any two of them apart. */
function pathsOf(structure: Tree<unknown>): Set<string> {
  const text = (part: number | string) => `${String(part).length}:${part}`;
  return new Set(flattenWithPath(structure).map(([path]) => path.map(text).join("/")));
}
