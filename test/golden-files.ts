import { openArchive } from "../src/saving/archive.ts";
import { type Hdf5Group, openHdf5 } from "../src/saving/hdf5/index.ts";
import { memorySource } from "../src/saving/sources.ts";

/** The names of an archive's members, its metadata and its config. */
export async function textsOf(bytes: Uint8Array): Promise<string[]> {
  const { members } = await openArchive(memorySource(bytes));
  const texts = [[...members.keys()].join()];
  for (const name of ["metadata.json", "config.json"]) {
    texts.push(new TextDecoder().decode(await members.get(name)!.read()));
  }
  return texts;
}

/** All groups and datasets by their paths: attributes, dtype, shape, elements. */
export async function structureOf(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const { members } = await openArchive(memorySource(bytes));
  const { root } = await openHdf5(await members.get("model.weights.h5")!.source());
  const found: Record<string, unknown> = {};
  const pending: Hdf5Group[] = [root];
  for (let group = pending.pop(); group; group = pending.pop()) {
    found[group.path] = Object.fromEntries(group.attributes);
    for (const child of group.children.values()) {
      if (child.kind === "group") pending.push(child);
      else found[child.path] = [Object.fromEntries(child.attributes), await child.read()];
    }
  }
  return found;
}
