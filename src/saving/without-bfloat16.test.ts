import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Model } from "../index.ts";
import { openArchive } from "./archive.ts";
import { type Hdf5File, objectAt, openHdf5 } from "./hdf5/index.ts";
import { saveHdf5Model } from "./hdf5-model/save-model.ts";
import { loadModel } from "./load.ts";
import { gather, toBytes } from "./save-model.ts";
import { memorySource } from "./sources.ts";

const bytes = readFileSync("golden/3.6/files/bfloat16.keras");

const weightsIn = async (archive: Uint8Array): Promise<Hdf5File> => {
  const { members } = await openArchive(memorySource(archive));
  return openHdf5(await members.get("model.weights.h5")!.source());
};

const inHdf5 = "model_weights/dense/dense/kernel:0";

const cases: readonly [
  keras: string,
  write: (model: Model) => Promise<[Uint8Array, Hdf5File]>,
  path: string,
][] = [
  ["2.9", writeHdf5("2.9"), inHdf5],
  ["2.15", writeHdf5("2.15"), inHdf5],
  ["2.13", writeArchive("2.13"), "_layer_checkpoint_dependencies/dense/vars/0"],
  ["2.15", writeArchive("2.15"), "layers/dense/vars/0"],
];

function writeHdf5(keras: string) {
  return async (model: Model): Promise<[Uint8Array, Hdf5File]> => {
    const written = await gather(saveHdf5Model(model, { keras }));
    return [written, await openHdf5(memorySource(written))];
  };
}

function writeArchive(keras: string) {
  return async (model: Model): Promise<[Uint8Array, Hdf5File]> => {
    const written = await toBytes(model, { keras });
    return [written, await weightsIn(written)];
  };
}

describe("bfloat16", () => {
  it.each(cases)(
    "is float32 in a file for Keras %s, and what it was when it is read",
    async (_, write, path) => {
      const model = await loadModel(bytes);
      const [written, file] = await write(model);
      expect(objectAt(file.root, path)).toMatchObject({ dtype: "float32" });
      const found = await loadModel(written);
      await model.load();
      await found.load();
      expect(found.weights.map(({ dtype }) => dtype)).toEqual(model.weights.map(({ dtype }) => dtype));
      expect(found.getWeights().map((tensor) => tensor.toArray())).toEqual(
        model.getWeights().map((tensor) => tensor.toArray()),
      );
      expect(model.weights.map(({ dtype }) => dtype)).toContain("bfloat16");
    },
  );

  it("stays what it is for Keras 3", async () => {
    const model = await loadModel(bytes);
    const file = await weightsIn(await toBytes(model));
    expect(objectAt(file.root, "layers/dense/vars/0")).toMatchObject({ dtype: "bfloat16" });
  });
});
