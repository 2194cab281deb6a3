import { describe, expect, it } from "vitest";
import { Model } from "../src/index.ts";
import { openHdf5 } from "../src/saving/hdf5/index.ts";
import { layersIn } from "../src/saving/hdf5-model/groups.ts";
import { loadModel } from "../src/saving/index.ts";
import { fileSource } from "../src/saving/node/file.ts";
import { filesSource } from "../src/saving/tfjs/tensorflow.fixture.ts";
import { castTensor } from "../src/tensor/cast.ts";
import { tfKerasModels } from "./golden-tf-keras.ts";

// Whole-model files of TensorFlow 2.9, as tensorflowjs_converter makes layers models of them.

/** The files that the converter makes: groups by name, the weights of each in its order, names without `:0`. */
async function converted(path: string): Promise<Map<string, Uint8Array>> {
  const file = await openHdf5(fileSource(path), { name: path });
  const weightsGroup = file.get("/model_weights");
  if (weightsGroup?.kind !== "group") throw new Error("no weights");
  const layers = layersIn(weightsGroup, path).sort((a, b) => (a.name < b.name ? -1 : 1));
  const weights: object[] = [];
  const parts: Uint8Array[] = [];
  for (const { name, array } of layers.flatMap(({ arrays }) => arrays)) {
    const dtype = array.dtype.startsWith("float") ? "float32" : "int32";
    const { data, shape } = castTensor(await array.read(), dtype);
    weights.push({ name: name.replace(/:0$/, ""), shape, dtype });
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  const json = {
    format: "layers-model",
    generatedBy: "keras v2.9.0",
    convertedBy: "TensorFlow.js Converter v3.18.0",
    modelTopology: { keras_version: "2.9.0", backend: "tensorflow", model_config: "CONFIG" },
    weightsManifest: [{ paths: ["group1-shard1of1.bin"], weights }],
  };
  // Python writes numbers in it that JavaScript's JSON does not have.
  const text = JSON.stringify(json).replace('"CONFIG"', () =>
    String(file.root.attributes.get("model_config")),
  );
  return new Map([
    ["model.json", new TextEncoder().encode(text)],
    ["group1-shard1of1.bin", Uint8Array.from(parts.flatMap((part) => [...part]))],
  ]);
}

const models = tfKerasModels("2.9").flatMap(({ id, file }) => (file === null ? [] : [{ id, file }]));

describe("a model of TensorFlow 2.9 that was converted for TensorFlow.js", () => {
  it.each(models)("has the weights of its .h5 file, or fails as that does: $id", async ({ file }) => {
    const expected = await loadModel(fileSource(file)).catch((error: unknown) => error);
    if (!(expected instanceof Model)) {
      await expect(converted(file).then((files) => loadModel(filesSource(files)))).rejects.toEqual(expected);
      return;
    }
    const found = await loadModel(filesSource(await converted(file)));
    expect(found.weights.map(({ path }) => path)).toEqual(expected.weights.map(({ path }) => path));
    for (const [i, weight] of found.weights.entries()) {
      const { value } = expected.weights[i]!;
      expect(castTensor(weight.value, "float32").data).toEqual(castTensor(value, "float32").data);
    }
  });
});
