import { type Hdf5Dataset, type Hdf5Group, openHdf5 } from "../../src/saving/hdf5/index.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { faultOf } from "../judge.ts";
import { mutateHdf5 } from "../mutate/hdf5.ts";
import { expectThat, type Reader } from "../reader.ts";
import { goldenFiles } from "../seeds.ts";

/** HDF5 files: everything in them is read, of each dataset what can be had. */
export const hdf5: Reader<Uint8Array> = {
  name: "HDF5",
  share: 18,
  seeds: () => goldenFiles("hdf5", ".h5"),
  mutate: mutateHdf5,
  async run(bytes) {
    // The sums are compared where the first byte behind the signature is even, which is there in every other file.
    const checksums = bytes.length % 5 !== 0;
    const { root } = await openHdf5(memorySource(bytes), { name: "a.h5", checksums });
    const pending: (Hdf5Group | Hdf5Dataset)[] = [root];
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (next.kind === "group") pending.push(...next.children.values());
      else await readDataset(next);
    }
  },
};

/** What is wrong with one dataset is no reason not to look at the others. */
async function readDataset(dataset: Hdf5Dataset): Promise<void> {
  try {
    if (dataset.dtype === "string") return void (await dataset.readStrings());
    const { size } = await dataset.read();
    expectThat(
      size === dataset.shape.reduce((a, b) => a * b, 1),
      "a dataset is of another shape than it says",
    );
    dataset.readSync?.();
  } catch (error) {
    if (faultOf(error)) throw error;
  }
}
