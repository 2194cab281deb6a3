import { describe, expect, it } from "vitest";
import { modelFromJson } from "../../revive.ts";
import { customObjects, twoLayers } from "../layers.fixture.ts";
import { loadModel, loadWeights, readMetadata } from "../load.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What tf.keras 2.9 writes. */
const older = JSON.stringify({
  class_name: "Sequential",
  config: {
    name: "s",
    layers: [
      {
        class_name: "InputLayer",
        config: { batch_input_shape: [null, 3], dtype: "float32", sparse: false, ragged: false, name: "x" },
      },
      { class_name: "Dense", config: { name: "d", trainable: true, dtype: "float32", units: 2 } },
    ],
  },
  keras_version: "2.9.0",
  backend: "tensorflow",
});

describe("the config of a model as JSON text", () => {
  it.each([["of Keras 2", older]])("%s makes the model, with new weights", async (_, text) => {
    const model = await loadModel(bytesOf(text));
    expect(model.toJson()).toBe(modelFromJson(text).toJson());
    expect(model.weights.map(({ shape }) => shape)).toEqual([[3, 2], [2]]);
  });

  it("of Keras 3 makes the model, with classes of somebody's own", async () => {
    const text = twoLayers().toJson();
    expect((await loadModel(bytesOf(text), { customObjects })).toJson()).toBe(text);
  });

  it("says who wrote it", async () => {
    expect(await readMetadata(bytesOf(older))).toEqual({ keras_version: "2.9.0" });
  });

  it("has no weights", async () => {
    const load = loadWeights(modelFromJson(older), bytesOf(older), { name: "a.json" });
    await expect(load).rejects.toThrow(
      "a.json: expected a .keras file, received the config of a model of Keras 2.9.0 as text, without weights.",
    );
  });
});
