import { describe, expect, it } from "vitest";
import { Input, modelFromJson, Sequential } from "../index.ts";
import { Dense, Identity } from "../layers/index.ts";
import { modelToJson } from "./index.ts";

const model = () =>
  new Sequential([Input({ shape: [3], name: "dense_input" }), new Dense({ units: 2, name: "dense" })], {
    name: "row",
  });

describe("the text of a model for Keras 2", () => {
  it("has to be asked for here in a program that has met no file of Keras 2", () => {
    expect(() => model().toJson({ keras: "2.9" })).toThrow(
      'toJson.keras: expected a version of Keras from 3.0 to 3.16, received "2.9". modelToJson of ceratops/tf-keras writes for Keras 2.',
    );
    expect(JSON.parse(modelToJson(model()))).toMatchObject({
      class_name: "Sequential",
      keras_version: "2.9.0",
      backend: "tensorflow",
    });
    expect(model().toJson({ keras: "2.9" })).toBe(modelToJson(model()));
  });

  it.each([
    [{ keras: "2.15" }, '"keras_version": "2.15.0"'],
    [{ keras: "2.12" }, '"module": "keras.layers"'],
    [{ keras: "3.6" }, '"batch_shape"'],
  ])("is for other versions, too: %j", (options, part) => {
    expect(modelToJson(model(), options)).toContain(part);
  });

  it("names what cannot be said, and versions that are not written", () => {
    const same = new Sequential([Input({ shape: [3] }), new Identity({ name: "same" })]);
    expect(() => modelToJson(same)).toThrow(
      'layer "same": expected a layer that Keras 2.9 has, received Identity.',
    );
    expect(() => modelToJson(same, { keras: "2.8" })).toThrow("from 2.9 to 2.15 or 3.0 to 3.16");
    expect(() => modelToJson(null as never)).toThrow("modelToJson: expected a model");
  });
});

/** As Keras 2.9 wrote it of a model whose first Normalization was adapted before it was called, and the second after. */
const adapted = (shape: string) =>
  [
    '{"class_name": "Functional", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": ',
    '{"batch_input_shape": [null, 2], "dtype": "float32", "sparse": false, "ragged": false, "name": "i"}, ',
    '"name": "i", "inbound_nodes": []}, {"class_name": "Normalization", "config": {"name": "a", "trainable": true, ',
    `${shape}"dtype": "float32", "axis": [-1], "mean": null, "variance": null}, "name": "a", `,
    '"inbound_nodes": [[["i", 0, 0, {}]]]}, {"class_name": "Normalization", "config": {"name": "b", "trainable": true, ',
    '"dtype": "float32", "axis": [-1], "mean": null, "variance": null}, "name": "b", ',
    '"inbound_nodes": [[["a", 0, 0, {}]]]}], "input_layers": [["i", 0, 0]], "output_layers": [["b", 0, 0]]}, ',
    '"keras_version": "2.9.0", "backend": "tensorflow"}',
  ].join("");

it.each([
  ["the shapes that it had", '"batch_input_shape": [null, null], '],
  ["no shape that nobody gave", ""],
])("a layer in a graph is written with %s", (_, shape) => {
  expect(modelToJson(modelFromJson(adapted(shape)))).toBe(adapted(shape));
});
