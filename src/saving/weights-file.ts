import { openArchive } from "./archive.ts";
import { Budget, type Limits } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { hdf5, kindOf } from "./file-kind.ts";
import { openWeights } from "./formats/keras.ts";
import { type Hdf5Dataset, type Hdf5File, type Hdf5Group, openHdf5 } from "./hdf5/index.ts";

/** Whether a file holds weights alone, and no model, not even one of an older Keras. */
export async function isWeightsFile(source: ByteSource, name: string, limits: Limits = {}): Promise<boolean> {
  if ((await kindOf(source)) !== hdf5) return false;
  return !(await openHdf5(source, { name, budget: new Budget(source.size, limits) })).root.attributes.has(
    "model_config",
  );
}

/** The table of contents of a file's weights, of a model's or of weights alone; no number is read. */
export async function openAnyWeights(
  source: ByteSource,
  name: string,
  limits: Limits = {},
): Promise<Hdf5File> {
  const budget = new Budget(source.size, limits);
  if ((await kindOf(source)) === hdf5) return openHdf5(source, { name, budget });
  return openWeights(await openArchive(source, name, budget), name);
}

/** All arrays in a file, in the order in which they stand there. */
export function datasetsIn({ root }: Hdf5File): Hdf5Dataset[] {
  const found: Hdf5Dataset[] = [];
  const pending: (Hdf5Group | Hdf5Dataset)[] = [root];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === "dataset") found.push(next);
    else for (const child of [...next.children.values()].reverse()) pending.push(child);
  }
  return found;
}

/** What an array is for, by its path: random numbers, an optimizer's state, or a layer's weight. */
export function purposeOf({ path }: Hdf5Dataset): "seed" | "optimizer" | "weight" {
  if (/\/seed_generator\/vars\/0$/.test(path)) return "seed";
  // A compiled model inside a model keeps an optimizer of its own.
  return /^\/optimizer|\/optimizer\/vars\/\d+$/.test(path) ? "optimizer" : "weight";
}
