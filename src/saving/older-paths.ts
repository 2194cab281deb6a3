import type { Hdf5File, Hdf5Group } from "./hdf5/index.ts";
import { type Naming, USUAL_NAMES } from "./weight-tree.ts";
import { withoutBackslashes } from "./windows-names.ts";

/** What Keras 2.13 calls the `layers` of a model. */
const dependencies = "_layer_checkpoint_dependencies";

/**
 * Where Keras 2 put what is at a path such as `/layers/dense_1`, if anywhere. 2.13 and 2.14 count a layer that has weights
 * twice, so that of two the second is `dense_2`: the one that is wanted is found by its rank among those of its name. What
 * a layer has under a public name was `_key_dense` then.
 */
export function olderPaths(file: Hdf5File): (path: string) => string | undefined {
  const root = withoutBackslashes(file.root);
  const known = new Map<Hdf5Group, ReadonlyMap<string, readonly string[]>>();
  const ranked = (group: Hdf5Group, name: string): string => {
    const ranks = known.get(group) ?? ranksOf(group);
    known.set(group, ranks);
    const [base, rank] = counted(name);
    return ranks.get(base)?.[rank] ?? name;
  };
  return (path) => {
    let group = root;
    let inLayers = false;
    for (const part of path.split("/").slice(1)) {
      const name: string = inLayers ? ranked(group, part) : olderName(group, part);
      inLayers = !inLayers && name === dependencies;
      const child = group.children.get(name);
      if (child?.kind !== "group") return undefined;
      group = child;
    }
    return group.path;
  };
}

/**
 * What the layers of a model are called where those of a file are found by rank: of 2.13 and 2.14 a layer that was met before
 * has no group again.
 */
export function rankedNames(file: Hdf5File, naming: Naming = USUAL_NAMES): Naming {
  const isRanked = withoutBackslashes(file.root).children.has(dependencies);
  return isRanked ? { ...naming, countsAgain: false } : naming;
}

function olderName({ children }: Hdf5Group, name: string): string {
  if (name === "layers" && children.has(dependencies)) return dependencies;
  return children.has(name) || !children.has(`_${name}`) ? name : `_${name}`;
}

/** The names of a group's members, by what they count: `dense`, `dense_2` and `dense_4` of `dense`. */
function ranksOf({ children }: Hdf5Group): ReadonlyMap<string, readonly string[]> {
  const ranks = new Map<string, string[]>();
  for (const name of children.keys()) {
    const [base] = counted(name);
    const names = ranks.get(base);
    if (names) names.push(name);
    else ranks.set(base, [name]);
  }
  for (const names of ranks.values()) names.sort((a, b) => counted(a)[1] - counted(b)[1]);
  return ranks;
}

/** `dense` and 2 of `dense_2`; 0 where there is no number. */
function counted(name: string): readonly [string, number] {
  const [, base = name, rank = "0"] = /^(.*?)(?:_(\d+))?$/s.exec(name) ?? [];
  return [base, Number(rank)];
}
