import { describe, expect, it } from "vitest";
import { modelFromJson } from "../../revive.ts";

const dense = {
  class_name: "Dense",
  config: { name: "d", units: 2, activation: "linear", use_bias: true, batch_input_shape: [null, 3] },
};
const separable = {
  class_name: "SeparableConv2D",
  config: { name: "s", filters: 4, kernel_size: [2, 2], batch_input_shape: [null, 5, 5, 3] },
};
const own = { keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" };
const model = (layer: object) => ({ class_name: "Sequential", config: { name: "m", layers: [layer] } });
const converted = { keras_version: "2.9.0", backend: "tensorflow", model_config: model(dense) };

const texts: readonly (readonly [name: string, text: object])[] = [
  ["what toJSON gives in TensorFlow.js", { ...model(dense), ...own }],
  ["a model.json of its own", { format: "layers-model", modelTopology: { ...model(dense), ...own } }],
  ["one of the converter", { modelTopology: converted, weightsManifest: [{ paths: ["gone"], weights: [] }] }],
  ["the topology of the converter alone", converted],
];

describe("the text of a model as TensorFlow.js has it", () => {
  it.each(texts)("makes the model, with new weights: %s", (_, text) => {
    const { name, layers, weights } = modelFromJson(JSON.stringify(text));
    expect([name, layers.map(({ name }) => name)]).toEqual(["m", ["d"]]);
    expect(weights.map(({ shape }) => shape)).toEqual([[3, 2], [2]]);
  });

  it("says by the shapes of weights what its config leaves out", () => {
    const weights = [{ name: "s/depthwise_kernel", shape: [2, 2, 3, 2], dtype: "float32" }];
    const text = {
      modelTopology: { ...model(separable), ...own },
      weightsManifest: [{ paths: [], weights }],
    };
    expect(modelFromJson(JSON.stringify(text)).weights[0]?.shape).toEqual([2, 2, 3, 2]);
  });

  it("is refused where several cells give their states, which are in another order there", () => {
    const cell = (name: string) => ({ class_name: "SimpleRNNCell", config: { name, units: 2 } });
    const cells = { class_name: "StackedRNNCells", config: { name: "c", cells: [cell("a"), cell("b")] } };
    const config = { name: "r", cell: cells, return_state: true, batch_input_shape: [null, 3, 2] };
    const text = (more: object) =>
      JSON.stringify({ ...model({ class_name: "RNN", config: { ...config, ...more } }), ...own });
    expect(() => modelFromJson(text({}))).toThrow(
      'layer "r".return_state: expected false for several cells, whose states TensorFlow.js gives backwards, received true.',
    );
    expect(modelFromJson(text({ return_state: false })).outputs[0]?.shape).toEqual([null, 2]);
  });

  it("is refused where several cells are given states, and not where one is", () => {
    const cell = (name: string) => ({ class_name: "SimpleRNNCell", config: { name, units: 2 } });
    const input = (name: string, ...shape: number[]) => ({
      class_name: "InputLayer",
      name,
      config: { name, batch_input_shape: [null, ...shape] },
      inbound_nodes: [],
    });
    const text = (...cells: string[]) => {
      const states = cells.map((name) => `state_${name}`);
      const stack = { class_name: "StackedRNNCells", config: { name: "c", cells: cells.map(cell) } };
      const calls = [["x", ...states].map((name) => [name, 0, 0, {}])];
      const rnn = {
        class_name: "RNN",
        name: "r",
        config: { name: "r", cell: stack, return_state: false },
        inbound_nodes: calls,
      };
      const layers = [input("x", 3, 2), ...states.map((name) => input(name, 2)), rnn];
      const ends = {
        input_layers: ["x", ...states].map((name) => [name, 0, 0]),
        output_layers: [["r", 0, 0]],
      };
      return JSON.stringify({ class_name: "Model", config: { name: "m", layers, ...ends }, ...own });
    };
    expect(() => modelFromJson(text("a", "b"))).toThrow(
      'layer "r": expected no first states for several cells, which TensorFlow.js takes backwards, received some.',
    );
    expect(modelFromJson(text("a")).outputs[0]?.shape).toEqual([null, 2]);
  });

  it.each([
    { modelTopology: null },
    { modelTopology: { model_config: { class_name: "Sequential" } } },
    { model_config: [] },
    { weightsManifest: 1, modelTopology: { ...model(dense), config: null, ...own } },
  ])("is refused where it has no model: %j", (text) => {
    expect(() => modelFromJson(JSON.stringify(text))).toThrow(/expected/);
  });
});
