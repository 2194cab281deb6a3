import { expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import type { Issue } from "../errors.ts";
import { add } from "../ops/index.ts";
import type { Operand } from "../program/emit.ts";
import { modelFromJson } from "../revive.ts";
import { full } from "../tensor/create.ts";
import { connectByLayer, type LayerArrays } from "./layer-weights.ts";

const input = { class_name: "InputLayer", config: { batch_input_shape: [null, 3], name: "x" } };
const lambda = {
  class_name: "Lambda",
  config: {
    name: "twice",
    function: ["4wEAAAAA", null, null],
    function_type: "lambda",
    output_shape: null,
    output_shape_type: "raw",
    arguments: {},
  },
};
const dense = { class_name: "Dense", config: { name: "dense", units: 1 } };
const stack = (...layers: readonly object[]) => ({
  class_name: "Sequential",
  config: { name: "stack", layers },
});

function arraysOf(...shapes: readonly (readonly number[])[]): LayerArrays["arrays"] {
  return shapes.map((shape, i) => {
    const value = full(shape, i + 1, "float32");
    return { name: `${i}:0`, array: { dtype: "float32", shape, read: async () => value } };
  });
}

const help =
  ' What Lambda "twice" gives is not known here, so layers behind it have no weights: pass its code in customObjects, as "Lambda>twice" where it is a Lambda.';

it.each([
  ["beside it", stack(input, lambda, dense), "dense"],
  ["in a model", stack(input, stack(input, lambda, dense)), "stack"],
])("weights behind Python's code are said to be: %s", (_, config, called) => {
  const model = modelFromJson(JSON.stringify(config));
  const layers = [{ name: called, arrays: arraysOf([3, 1], [1]) }];
  expect(() => connectByLayer(model, layers, { name: "model.h5" })).toThrow(
    `model.h5: expected the weights of 0 layers [], received those of 1 ["${called}"].${help}`,
  );
});

it("weights behind a Lambda are connected where its code is given", async () => {
  const customObjects = { "Lambda>twice": (x: Operand) => add(x, x) };
  const model = modelFromJson(JSON.stringify(stack(input, lambda, dense)), { customObjects });
  const layers = [{ name: "dense", arrays: arraysOf([3, 1], [1]) }];
  expect(connectByLayer(model, layers, { name: "model.h5" })).toEqual([]);
  expect(String(await model.predict(tensor([[1, 2, 3]])))).toBe(String(tensor([[14]], { dtype: "float32" })));
});

it.each<[what: string, config: object, called: string]>([
  ["a layer", stack(input, { class_name: "Mine", config: { name: "mine" } }, dense), "mine"],
  ["a model", { class_name: "Mine", config: { name: "mine" } }, "mine"],
  ["a layer inside", stack(input, stack(input, { class_name: "Mine", config: { name: "in" } })), "stack"],
])("weights of %s without code are told of, and those of others connected", (_, config, called) => {
  const told: Issue[] = [];
  const model = modelFromJson(JSON.stringify(config), { onUnknown: () => undefined });
  const layers = [{ name: called, arrays: arraysOf([3]) }];
  const options = { name: "model.h5", onUnknown: (issue: Issue) => told.push(issue) };
  expect(connectByLayer(model, layers, options)).toEqual([]);
  const message = `the weights of "${called}" are not read, because there is no code for its class, or for one inside.`;
  expect(told).toEqual([{ path: "model.h5", message }]);
});
