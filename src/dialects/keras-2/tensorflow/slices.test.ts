import { expect, it } from "vitest";
import { modelFromJson } from "../../../index.ts";
import { knowOlderLayers } from "../../../layers/tf-keras/know.ts";
import { full } from "../../../tensor/create.ts";

knowOlderLayers();

/** `x[…]` of an input of shape `[4, 5, 6]`, as Keras 2.9 writes it. */
function modelOf(spec: unknown) {
  const input = { name: "x", batch_input_shape: [null, 4, 5, 6], dtype: "float32", sparse: false };
  const part = { name: "part", trainable: true, dtype: "float32", function: "__operators__.getitem" };
  const layers = [
    { class_name: "InputLayer", config: input, name: "x", inbound_nodes: [] },
    {
      class_name: "SlicingOpLambda",
      config: part,
      name: "part",
      inbound_nodes: [["x", 0, 0, { slice_spec: spec }]],
    },
  ];
  const config = { name: "m", layers, input_layers: [["x", 0, 0]], output_layers: [["part", 0, 0]] };
  return modelFromJson(JSON.stringify({ class_name: "Functional", config, keras_version: "2.9.0" }));
}

const all = { start: null, stop: null, step: null };

it("a tensor in an index is a place that only a run knows, in all versions", async () => {
  const spec = [all, ["x", 0, 0]];
  const model = modelOf(spec);
  expect(model.toJson({ keras: "2.15" })).toContain(
    '"slice_spec": [{"start": null, "stop": null, "step": null}, ["x", 0, 0]]',
  );
  await expect(model.predict(full([1, 4, 5, 6], 0, "float32"))).rejects.toThrow(
    "is an index that only a run knows.",
  );
});

it.each<[spec: unknown, shape: (number | null)[], to3: string, to215: string]>([
  [[0, 1, 2], [6], "[0, 1, 2]", "[0, 1, 2]"],
  [[0, 1], [5, 6], "[0, 1]", "[0, 1]"],
  [[0], [4, 5, 6], "0", "0"],
  [
    [all, 1, 2],
    [null, 6],
    '[{"class_name": "__slice__", "config": {"start": null, "stop": null, "step": null}}, 1, 2]',
    '[{"start": null, "stop": null, "step": null}, 1, 2]',
  ],
])("places of an index are one for each axis: %j", (spec, shape, to3, to215) => {
  const model = modelOf(spec);
  expect(model.outputs[0]?.shape).toEqual(shape);
  expect(model.toJson({ keras: "3.6" })).toContain(`"keras_history": ["x", 0, 0]}}, ${to3}], "kwargs"`);
  expect(model.toJson({ keras: "2.15" })).toContain(`{"slice_spec": ${to215}}`);
});
