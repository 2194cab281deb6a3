import type { Hdf5File, Hdf5Group } from "./reader.ts";

/** Reads all datasets whose chunks have sums, their own or that of what they are compressed with, and keeps nothing of them. */
export async function checkChunks({ root }: Hdf5File): Promise<void> {
  const pending: Hdf5Group[] = [root];
  for (let group = pending.pop(); group; group = pending.pop()) {
    for (const child of group.children.values()) {
      if (child.kind === "group") pending.push(child);
      else await child.checkChunks();
    }
  }
}
