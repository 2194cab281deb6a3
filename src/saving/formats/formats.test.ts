import { describe, expect, it } from "vitest";
import { twoLayers } from "../layers.fixture.ts";
import { gather, saveModelFile, saveWeights, toBytes } from "../save-model.ts";
import { memorySource } from "../sources.ts";
import { type Ability, abilityAt, abilityFor, extensionsOf, hasExtension } from "./format.ts";
import * as tables from "./index.ts";
import { readKerasModel, readKerasWeights } from "./keras.ts";
import { readNpyFile } from "./npy.ts";
import { npz, readNpz } from "./npz.ts";
import { readWeightsH5, weightsH5 } from "./weights-h5.ts";

const { arrayReaders, modelReaders, modelWriters, weightReaders } = tables;
const bytes = (...numbers: number[]) => memorySource(Uint8Array.from(numbers));

it("a table says which formats can do what", () => {
  const abilities = Object.entries<readonly Ability<unknown>[]>(tables);
  expect(Object.fromEntries(abilities.map(([name, table]) => [name, extensionsOf(table)]))).toEqual({
    modelReaders: ".keras or .h5 or .hdf5 or saved_model.pb or .json or .yaml or .yml",
    modelWriters: ".keras or .h5 or .hdf5",
    folderWriters: "model.json",
    weightReaders: ".keras or .weights.h5 or .h5 or .hdf5 or saved_model.pb or .index or .json",
    weightWriters: ".weights.h5",
    weightFolderWriters: ".weights.json",
    configReaders: ".keras or .h5 or .hdf5 or saved_model.pb or .json or .yaml or .yml",
    metadataReaders: ".keras or .h5 or .hdf5 or .json or .yaml or .yml",
    exporters: ".onnx",
    arrayReaders: ".npy or .npz",
  });
});

describe("what is right is found", () => {
  it("by a path's ending", () => {
    expect(abilityAt(weightReaders, "a/b.weights.h5")).toBe(readWeightsH5);
    expect(abilityAt(weightReaders, "b.keras")).toBe(readKerasWeights);
    expect(abilityAt(modelWriters, "b.keras")).toBe(saveModelFile);
    expect(abilityAt(modelReaders, "b.npz")).toBeUndefined();
    expect(abilityAt(modelReaders, "keras")).toBeUndefined();
    expect(hasExtension("y.npz", npz)).toBe(true);
    expect(hasExtension("y.h5", weightsH5)).toBe(false);
  });

  it("by the first bytes of a file", async () => {
    const model = twoLayers();
    expect(await abilityFor(weightReaders, memorySource(await toBytes(model)))).toBe(readKerasWeights);
    const weights = await gather(saveWeights(model));
    expect(await abilityFor(weightReaders, memorySource(weights))).toBe(readWeightsH5);
  });

  it("by what is asked, where files are alike outside", async () => {
    expect(await abilityFor(modelReaders, bytes(0x50, 0x4b))).toBe(readKerasModel);
    expect(await abilityFor(arrayReaders, bytes(0x50, 0x4b))).toBe(readNpz);
  });

  it("as the usual where first bytes tell nothing", async () => {
    expect(await abilityFor(weightReaders, bytes())).toBe(readKerasWeights);
    expect(await abilityFor(weightReaders, bytes(0x1f, 0x8b))).toBe(readKerasWeights);
    expect(await abilityFor(arrayReaders, bytes(1, 2, 3))).toBe(readNpyFile);
  });
});
