import type { Hdf5File } from "../../saving/hdf5/index.ts";
import { datasetsIn } from "../../saving/weights-file.ts";

/** How files of weights name the group of a model's layers: as Keras 2 did at first, or as it did later and Keras 3 does. */
export type Layout = "_layer_checkpoint_dependencies" | "layers" | null;

/** Where a file has its weights; null of one that has none there. */
export function layoutOf(file: Hdf5File): Layout {
  const known = ["_layer_checkpoint_dependencies", "layers"] as const;
  const paths = datasetsIn(file).map(({ path }) => path.replace(/^\//, ""));
  return known.find((name) => paths.some((path) => path.startsWith(`${name}/`))) ?? null;
}
