import type { Hdf5File, Hdf5Group } from "./hdf5/index.ts";

/** What Keras 2.13 calls the `layers` of a model. */
const dependencies = "_layer_checkpoint_dependencies";

/**
 * Where Keras 2.13 and 2.14 put what is at a path such as `/layers/dense_1`; undefined in all other files. They count a
 * layer that has weights twice, so that of two the second is `dense_2`: the one that is wanted is found by its rank among
 * those of its name.
 */
export function checkpointPaths(file: Hdf5File): ((path: string) => string | undefined) | undefined {
  if (!file.root.children.has(dependencies)) return undefined;
  const known = new Map<Hdf5Group, ReadonlyMap<string, readonly string[]>>();
  const ranked = (group: Hdf5Group, name: string): string => {
    const ranks = known.get(group) ?? ranksOf(group);
    known.set(group, ranks);
    const [base, rank] = counted(name);
    return ranks.get(base)?.[rank] ?? name;
  };
  return (path) => {
    let group = file.root;
    let found = "";
    let inLayers = false;
    for (const part of path.split("/").slice(1)) {
      const isList = part === "layers" && group.children.has(dependencies);
      const name = inLayers ? ranked(group, part) : isList ? dependencies : part;
      inLayers = !inLayers && isList;
      const child = group.children.get(name);
      if (child?.kind !== "group") return undefined;
      group = child;
      found += `/${name}`;
    }
    return found;
  };
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
