import type { Hdf5File } from "../saving/hdf5/index.ts";
import { datasetsIn } from "../saving/weights-file.ts";
import { bytesPerElement, isDType } from "../tensor/dtype.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Findings } from "./findings.ts";

/** Says how much is declared, and how much of it the file has, where it has not all of it. */
export async function noteUnstored(file: Hdf5File, findings: Findings): Promise<void> {
  let [declared, missing] = [0, 0];
  for (const array of datasetsIn(file)) {
    if (!isDType(array.dtype)) continue;
    const bytes = sizeOf(array.shape) * bytesPerElement(array.dtype);
    declared += bytes;
    missing += Math.max(0, bytes - (await array.presentBytes()));
  }
  if (missing === 0) return;
  const message = `declares ${declared} bytes of numbers, of which ${declared - missing} are in the file; the others are read as one value.`;
  findings.add("not-stored", "", message);
}
