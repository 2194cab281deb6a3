import type { Hdf5Dataset, Hdf5Group } from "./hdf5/index.ts";

type Children = Map<string, Hdf5Group | Hdf5Dataset>;

/**
 * The root of a file as it would be without backslashes: Keras 2 on Windows put them into names, `layers\dense_1`, where it
 * meant groups in groups. Groups with variables are those of the file, paths and all.
 */
export function withoutBackslashes(root: Hdf5Group): Hdf5Group {
  const named = [...root.children].filter(([name]) => name.includes("\\"));
  if (named.length === 0) return root;
  const tops: Children = new Map(root.children);
  for (const [name, child] of named) {
    tops.delete(name);
    place(tops, name.split("\\"), child);
  }
  return { ...root, children: tops };
}

/** Puts an object where its name says; a group that only holds others is made. */
function place(top: Children, parts: readonly string[], child: Hdf5Group | Hdf5Dataset): void {
  let children = top;
  for (const part of parts.slice(0, -1)) {
    const found = children.get(part);
    const own: Children = new Map(found?.kind === "group" ? found.children : []);
    children.set(part, {
      kind: "group",
      path: found?.path ?? "",
      attributes: found?.kind === "group" ? found.attributes : new Map(),
      children: own,
    });
    children = own;
  }
  const last = parts.at(-1)!;
  const before = children.get(last);
  // A group that was made for what is in it has that beside its own.
  const both =
    before?.kind === "group" && child.kind === "group" ? [...before.children, ...child.children] : null;
  children.set(last, both && child.kind === "group" ? { ...child, children: new Map(both) } : child);
}
