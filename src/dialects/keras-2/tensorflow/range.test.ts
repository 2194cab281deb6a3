import { expect, it } from "vitest";
import { modelFromJson, tensor } from "../../../index.ts";
import type { JsonValue } from "../../../json/json.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { modelToJson } from "../../../tf-keras/index.ts";

const call = (name: string, of: string, node: JsonValue[]) => ({
  class_name: "TFOpLambda",
  config: { name, trainable: true, dtype: "float32", function: of },
  name,
  inbound_nodes: [node],
});

/** A range up to a size of an input, as Keras 2.9 writes it, added to one number of each sample. */
function textOf(axis: number, range: JsonValue[], length: number | null): string {
  const all = { start: null, stop: null, step: null };
  const input = {
    batch_input_shape: [null, length],
    dtype: "int32",
    sparse: false,
    ragged: false,
    name: "i",
  };
  const layers = [
    { class_name: "InputLayer", config: input, name: "i", inbound_nodes: [] },
    call("shape", "compat.v1.shape", ["i", 0, 0, { name: null, out_type: "int32" }]),
    call("size", "__operators__.getitem", ["shape", 0, 0, { slice_spec: axis }]),
    call("range", "range", range),
    call("first", "__operators__.getitem", ["i", 0, 0, { slice_spec: [all, { ...all, stop: 1 }] }]),
    call("left", "cast", ["first", 0, 0, { dtype: "float32" }]),
    call("right", "cast", ["range", 0, 0, { dtype: "float32" }]),
    call("sum", "__operators__.add", ["left", 0, 0, { y: ["right", 0, 0], name: null }]),
  ];
  const config = { name: "m", layers, input_layers: [["i", 0, 0]], output_layers: [["sum", 0, 0]] };
  return JSON.stringify({ class_name: "Functional", config, keras_version: "2.9.0", backend: "tensorflow" });
}

const limit = ["size", 0, 0];

it.each<[what: string, axis: number, range: JsonValue[], length: number | null, counted: number[]]>([
  ["all places", -1, ["_CONSTANT_VALUE", -1, 0, { limit, delta: 1 }], 6, [0, 1, 2, 3, 4, 5]],
  ["a limit alone", 1, ["size", 0, 0, {}], 6, [0, 1, 2, 3, 4, 5]],
  ["a size that is open", 1, ["size", 0, 0, {}], null, [0, 1, 2, 3, 4, 5]],
  ["floats", 1, ["size", 0, 0, { dtype: "float32" }], 6, [0, 1, 2, 3, 4, 5]],
  ["samples", 0, ["size", 0, 0, {}], 6, [0, 1]],
  ["from one on", 1, ["_CONSTANT_VALUE", -1, 2, { limit, delta: 1 }], 6, [2, 3, 4, 5]],
  ["each second", 1, ["_CONSTANT_VALUE", -1, 1, { limit, delta: 2 }], null, [1, 3, 5]],
])("tf.range counts along an axis of a tensor: %s", async (_, axis, range, length, counted) => {
  const text = textOf(axis, range, length);
  const model = modelFromJson(text);
  const x = [
    [10, 1, 0, 2, 4, 5],
    [20, 1, 2, 0, 3, 9],
  ];
  const y = (await model.predict(tensor(x))) as Tensor;
  expect(y.toArray()).toEqual([10, 20].map((first) => counted.map((place) => first + place)));
  expect(JSON.parse(modelToJson(model))).toEqual(JSON.parse(text));
});

it.each([
  ["to a number", 1, ["i", 0, 0, {}], "counts to a number that only a run knows"],
  [
    "down",
    1,
    ["_CONSTANT_VALUE", -1, 0, { limit, delta: -1 }],
    "counts down, or from a number that only a run knows",
  ],
])("what tf.range counts %s is said where it is computed", async (_, axis, range, message) => {
  const model = modelFromJson(textOf(axis, range as JsonValue[], 6));
  await expect(model.predict(tensor([[1, 2, 3, 4, 5, 6]]))).rejects.toThrow(message);
});

it.each([[1], [[null, { start: 1, stop: null, step: null }]]])(
  "a part of a range that only a run knows is an error of the run alone: %j",
  async (part) => {
    const text = JSON.parse(textOf(1, ["i", 0, 0, {}], 6));
    const { layers } = text.config;
    const right = layers.findIndex(({ name }: { name: string }) => name === "right");
    layers[right].inbound_nodes[0][0] = "part";
    layers.splice(right, 0, call("part", "__operators__.getitem", ["range", 0, 0, { slice_spec: part }]));
    const model = modelFromJson(JSON.stringify(text));
    await expect(model.predict(tensor([[1, 2, 3, 4, 5, 6]]))).rejects.toThrow(
      "counts to a number that only a run knows",
    );
  },
);
