import type { Hdf5Group } from "../hdf5/index.ts";

/** The group that lists a model's weights by layers: the root, or one in it beside a model; undefined where none does. */
export function weightsGroup(root: Hdf5Group): Hdf5Group | undefined {
  const inside = root.children.get("model_weights");
  if (listsLayers(root)) return root;
  return inside?.kind === "group" && listsLayers(inside) ? inside : undefined;
}

function listsLayers({ attributes }: Hdf5Group): boolean {
  return attributes.has("layer_names") || attributes.has("layer_names0");
}
