import { expect, it } from "vitest";
import { checkModel } from "../../check/index.ts";
import type { JsonObject } from "../../json/json.ts";
import { modelFromJson } from "../../revive.ts";
import { nameModules } from "../../saving/bare-operations.ts";

const layers: JsonObject[] = [
  { class_name: "LayerScale", config: { name: "scale", init_values: 0.1, projection_dim: 3 } },
  { class_name: "StochasticDepth", config: { name: "depth", drop_path_rate: 0.1 } },
];

it("texts and HDF5 files of Keras 2 name layers of ConvNeXt without a module", () => {
  const input = { name: "x", dtype: "float32", batch_input_shape: [null, 4, 4, 3] };
  const config = { name: "m", layers: [{ class_name: "InputLayer", config: input }, ...layers] };
  const model = modelFromJson(JSON.stringify({ class_name: "Sequential", config, keras_version: "2.9.0" }));
  expect(model.layers.map(({ name }) => name)).toEqual(["scale", "depth"]);
  expect(model.weights.map(({ shape }) => shape)).toEqual([[3]]);
  const written = JSON.parse(model.toJson({ keras: "3.6" })).config.layers[1];
  expect(written).toMatchObject({ module: "keras.src.applications.convnext" });
});

it("so do HDF5 files of Keras 3", () => {
  const config = { layers: structuredClone(layers) };
  nameModules(config);
  expect(config.layers.map(({ module }) => module)).toEqual(Array(2).fill("keras.src.applications.convnext"));
});

it.each<[what: string, envelope: JsonObject]>([
  ["other keys", { class_name: "LayerScale", config: { name: "own", factor: 2 } }],
  [
    "a module that is none",
    { module: null, class_name: "LayerScale", config: { name: "own", init_values: 1, projection_dim: 2 } },
  ],
  ["fewer keys", { class_name: "StochasticDepth", config: { name: "own" } }],
  [
    "a name it was registered by",
    {
      module: null,
      class_name: "StochasticDepth",
      config: { name: "own", drop_path_rate: 0.1 },
      registered_name: "StochasticDepth",
    },
  ],
])("somebody's own class that is called like one of ConvNeXt, with %s, is not taken for it", (_, layer) => {
  const config = { name: "m", layers: [layer] };
  nameModules(config);
  expect(config.layers).toEqual([layer]);
  const text = JSON.stringify({ class_name: "Sequential", config, keras_version: "2.9.0" });
  expect(() => modelFromJson(text)).toThrow("unknown");
  const told: string[] = [];
  const model = modelFromJson(text, { onUnknown: ({ message }) => told.push(message) });
  expect(told).toHaveLength(1);
  expect(JSON.parse(model.toJson()).config.layers[0]).toEqual(layer);
});

it("texts of Keras 2 are checked as they are read", async () => {
  const config = { name: "m", layers };
  const text = JSON.stringify({ class_name: "Sequential", config, keras_version: "2.9.0" });
  const { findings } = await checkModel(new TextEncoder().encode(text));
  expect(findings.filter(({ code }) => code === "unknown-class")).toEqual([]);
});
