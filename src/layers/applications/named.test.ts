import { expect, it } from "vitest";
import type { JsonObject } from "../../json/json.ts";
import { modelFromJson } from "../../revive.ts";

it.each<[version: string, signs: { readonly keras_version?: string }, shape: string]>([
  ["2", { keras_version: "2.9.0" }, "batch_input_shape"],
  ["3", {}, "batch_shape"],
])("HDF5 files of Keras %s name layers of ConvNeXt without a module", (_, signs, shape) => {
  const input = { name: "x", dtype: "float32", [shape]: [null, 4, 4, 3] };
  const layers = [
    { class_name: "InputLayer", config: input },
    { class_name: "LayerScale", config: { name: "scale", init_values: 0.1, projection_dim: 3 } },
    { class_name: "StochasticDepth", config: { name: "depth", drop_path_rate: 0.1 } },
  ];
  const model = modelFromJson(
    JSON.stringify({ class_name: "Sequential", config: { name: "m", layers }, ...signs }),
  );
  expect(model.layers.map(({ name }) => name)).toEqual(["scale", "depth"]);
  expect(model.weights.map(({ shape }) => shape)).toEqual([[3]]);
  const written = JSON.parse(model.toJson({ keras: "3.6" })).config.layers[1];
  if (signs.keras_version) expect(written).toMatchObject({ module: "keras.src.applications.convnext" });
});

it.each<[what: string, envelope: JsonObject]>([
  ["other keys", { class_name: "LayerScale", config: { name: "own", factor: 2 } }],
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
  const text = JSON.stringify({
    module: "keras",
    class_name: "Sequential",
    config: { name: "m", layers: [layer] },
  });
  expect(() => modelFromJson(text)).toThrow("unknown");
  const told: string[] = [];
  const model = modelFromJson(text, { onUnknown: ({ message }) => told.push(message) });
  expect(told).toHaveLength(1);
  expect(JSON.parse(model.toJson()).config.layers[0]).toEqual(layer);
});
