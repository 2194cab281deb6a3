import { zip } from "../../src/saving/archive.fixture.ts";
import { readNpyFile } from "../../src/saving/formats/npy.ts";
import { readNpz } from "../../src/saving/formats/npz.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { fromNested } from "../../src/tensor/create.ts";
import { readNpy, writeNpy } from "../../src/tensor/npy.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { mutateNpy } from "../mutate/npy.ts";
import { mutateZip } from "../mutate/zip.ts";
import { expectThat, type Reader } from "../reader.ts";

const arrays = (): Uint8Array[] =>
  (["float32", "int64", "bool", "float16"] as const).flatMap((dtype) => [
    writeNpy(
      fromNested(
        [
          [1, 0, 1],
          [0, 1, 1],
        ],
        dtype,
      ),
    ),
    writeNpy(fromNested(1, dtype)),
  ]);

/** Arrays of NumPy: what is read is written, and read again the same. */
export const npy: Reader<Uint8Array> = {
  name: "npy",
  share: 10,
  seeds: arrays,
  mutate: mutateNpy,
  run: async (bytes) => expectSame(await readNpyFile(memorySource(bytes), "a.npy")),
};

/** Archives of arrays. */
export const npz: Reader<Uint8Array> = {
  name: "npz",
  share: 6,
  seeds: () => [zip(arrays().map((bytes, i) => ({ name: `layers/${i}.npy`, bytes })))],
  mutate: (seed, random, seeds) => mutateZip(seed, random, seeds, ({ bytes }) => mutateNpy(bytes, random)),
  async run(bytes) {
    for (const tensor of (await readNpz(memorySource(bytes), "a.npz")).values()) expectSame(tensor);
  },
};

function expectSame(tensor: Tensor): void {
  const again = readNpy(writeNpy(tensor));
  expectThat(
    `${again.dtype} ${again.shape}` === `${tensor.dtype} ${tensor.shape}`,
    "another shape is read again",
  );
  expectThat(
    again.data.every((value, i) => Object.is(value, tensor.data[i])),
    "other numbers are read again",
  );
}
