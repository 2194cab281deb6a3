import type { KerasTensor } from "../graph/graph.ts";
import { nodeOf } from "../graph/graph.ts";
import { flatten, isDict, type Nested, sortedKeys } from "../graph/nested.ts";

/**
 * A name for each input or output of a model, in the flat order: the keys where they are a dict, else the names of
 * the layers they come from, counted where one layer gives several.
 */
export function tensorNames(structure: Nested<KerasTensor>): string[] {
  const tensors = flatten(structure);
  if (isDict(structure)) {
    const keys = sortedKeys(structure);
    if (keys.length === tensors.length) return keys;
  }
  return uniqueNames(tensors.map((tensor) => nodeOf(tensor).operation.name));
}

/** The names, where one was there before with a number behind it. */
export function uniqueNames(names: readonly string[], taken: Iterable<string> = []): string[] {
  const used = new Set(taken);
  return names.map((name) => {
    let unique = name;
    for (let i = 1; used.has(unique); i++) unique = `${name}_${i}`;
    used.add(unique);
    return unique;
  });
}
