import { type Hdf5Dataset, type Hdf5File, type Hdf5Group, objectAt } from "../hdf5/index.ts";

type Children = Map<string, Hdf5Group | Hdf5Dataset>;

/** Several files as if all that is in them were in one: a group that is in more than one has what each of them has. */
export function mergedFile(files: readonly Hdf5File[]): Hdf5File {
  const empty: Hdf5Group = { kind: "group", path: "", attributes: new Map(), children: new Map() };
  const root = files.map((file) => file.root).reduce(merged, empty);
  return { root, get: (path) => objectAt(root, path) };
}

function merged(one: Hdf5Group, other: Hdf5Group): Hdf5Group {
  const children: Children = new Map(one.children);
  for (const [name, child] of other.children) {
    const before = children.get(name);
    if (before === undefined) children.set(name, child);
    else if (before.kind === "group" && child.kind === "group") children.set(name, merged(before, child));
  }
  return { ...one, children };
}
