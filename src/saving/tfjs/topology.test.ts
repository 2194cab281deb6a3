import { describe, expect, it } from "vitest";
import { Lacks } from "../../dialects/lacks.ts";
import { ConfigError } from "../../errors.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Fed, FedFinder } from "./fed.ts";
import type { LayerConfig } from "./instead.ts";
import { toTopology } from "./topology.ts";

const ofClones = ' What cloneModel makes of layers with dtype: "float32" in their configs can be written.';

function topologyOf(model: LayerConfig, fedTo: FedFinder): LayerConfig {
  const lacks = new Lacks();
  const topology = toTopology(model, fedTo, lacks);
  lacks.check();
  return topology;
}

const image: Fed = {
  rank: 4,
  count: 1,
  isMasked: false,
  output: [null, 4],
  isMaskIdle: () => true,
  isMaskUsed: () => false,
  isWholeTaken: () => true,
};

/** A Sequential of one layer, as Keras 2 writes it. */
function stackOf(className: string, config: JsonObject): LayerConfig {
  const own = { name: "l", trainable: true, batch_input_shape: [null, 4, 4, 2], dtype: "float32", ...config };
  return {
    class_name: "Sequential",
    config: { name: "s", layers: [{ class_name: className, config: own }] },
  };
}

function written(className: string, config: JsonObject, fed: Fed = image): JsonObject {
  const { layers } = topologyOf(stackOf(className, config), () => [fed]).config as { layers: JsonObject[] };
  return layers[0]!;
}

const conv: JsonObject = {
  filters: 2,
  kernel_size: [2, 2],
  strides: [1, 1],
  padding: "same",
  data_format: "channels_last",
  dilation_rate: [1, 1],
  groups: 1,
  activation: "relu",
  use_bias: true,
};

describe("what TensorFlow.js spells otherwise", () => {
  it.each<[string, JsonObject, JsonObject]>([
    ["Conv2D", conv, { groups: null }],
    ["Dense", { units: 1, activation: "silu" }, { activation: "swish" }],
    [
      "Dense",
      { units: 1, kernel_regularizer: { class_name: "L2", config: { l2: 0.5 } } },
      { kernel_regularizer: { class_name: "L1L2", config: { l1: 0, l2: 0.5 } } },
    ],
    [
      "Dense",
      { units: 1, kernel_initializer: { class_name: "LecunNormal", config: { seed: 3 } } },
      { kernel_initializer: { class_name: "LeCunNormal", config: { seed: 3 } } },
    ],
    ["BatchNormalization", { axis: [3] }, { axis: -1 }],
    ["Softmax", { axis: 3 }, { axis: -1 }],
    ["LSTM", { units: 1, unroll: true, time_major: false }, { unroll: false, time_major: null }],
    ["SeparableConv2D", { ...conv, kernel_initializer: null }, { kernel_initializer: null }],
    ["Reshape", { target_shape: [-1] }, { target_shape: [4] }],
  ])("%s %j", (className, config, expected) => {
    const found = written(className, config).config as JsonObject;
    // Null stands for what is left out.
    for (const [key, value] of Object.entries(expected)) expect(found[key] ?? null, key).toEqual(value);
  });

  it.each<[string, JsonObject, Fed, JsonObject]>([
    ["Identity", {}, image, { class_name: "Activation", config: { name: "l", activation: "linear" } }],
    [
      "Flatten",
      { data_format: "channels_last" },
      { ...image, rank: 2 },
      { class_name: "Activation", config: { activation: "linear" } },
    ],
    [
      "ReLU",
      { max_value: null, negative_slope: 0.1, threshold: 0 },
      image,
      { class_name: "LeakyReLU", config: { alpha: 0.1 } },
    ],
    [
      "ReLU",
      { max_value: 6, negative_slope: 0, threshold: 0 },
      image,
      { class_name: "ReLU", config: { max_value: 6 } },
    ],
    [
      "SpatialDropout2D",
      { rate: 0.5 },
      image,
      { class_name: "Dropout", config: { rate: 0.5, noise_shape: [null, 1, 1, null], seed: null } },
    ],
    [
      "SpatialDropout3D",
      { rate: 0.5, seed: 3, data_format: "channels_first" },
      image,
      { class_name: "Dropout", config: { rate: 0.5, noise_shape: [null, null, 1, 1, 1], seed: 3 } },
    ],
  ])("%s %j as another layer", (className, config, fed, expected) => {
    expect(written(className, config, fed)).toMatchObject(expected);
  });
});

describe("what TensorFlow.js cannot hold, or computes otherwise, is refused", () => {
  it.each<[string, JsonObject, string]>([
    [
      "Dense",
      { units: 1, name: "größe" },
      'expected another name, received "größe". TensorFlow.js takes letters, digits and _ . / - in names.',
    ],
    ["Subtract", {}, 'layer "l": expected a layer that TensorFlow.js 4.22 has, received "Subtract".'],
    ["__proto__", {}, 'layer "l": expected a layer that TensorFlow.js 4.22 has, received "__proto__".'],
    ["constructor", {}, 'layer "l": expected a layer that TensorFlow.js 4.22 has, received "constructor".'],
    [
      "Conv2D",
      { ...conv, padding: "causal" },
      'layer "l".padding: expected "valid" or "same", received "causal".',
    ],
    ["Conv2D", { ...conv, groups: 2 }, 'layer "l".groups: expected 1, received 2.'],
    ["Conv1D", { ...conv, data_format: "channels_first" }, 'layer "l".data_format: expected "channels_last"'],
    [
      "Conv2D",
      { ...conv, activation: "exponential" },
      'layer "l".activation: expected elu, gelu, hard_sigmoid',
    ],
    ["DepthwiseConv2D", { ...conv, dilation_rate: [2, 2] }, "expected 1, because it computes without it."],
    ["GRU", { units: 1, reset_after: true }, 'layer "l".reset_after: expected false, received true.'],
    ["LSTM", { units: 1, time_major: true }, 'layer "l".time_major: expected false, received true.'],
    ["UpSampling2D", { interpolation: "bilinear" }, 'layer "l".interpolation: expected "nearest"'],
    ["ELU", { alpha: 0.5 }, 'layer "l".alpha: expected 1, received 0.5.'],
    ["ReLU", { threshold: 1 }, 'layer "l".threshold: expected 0, received 1.'],
    ["Softmax", { axis: 1 }, 'layer "l".axis: expected the last axis, received 1.'],
    ["BatchNormalization", { axis: [1, 2] }, 'layer "l".axis: expected the last axis, received [1, 2].'],
    ["GlobalMaxPooling2D", { keepdims: true }, 'layer "l".keepdims: expected false, received true.'],
    [
      "Dense",
      { units: 1, dtype: "float16" },
      `layer "l".dtype: expected "float32", received "float16".${ofClones}`,
    ],
    [
      "Dense",
      { units: 1, dtype: { class_name: "Policy", config: { name: "mixed_float16" } } },
      `layer "l".dtype: expected "float32", received "mixed_float16".${ofClones}`,
    ],
    ["Dense", { units: 1, quantized: 8 }, "expected a key that Dense of TensorFlow.js has, received 8."],
    [
      "Dense",
      { units: 1, activity_regularizer: { class_name: "L2", config: { l2: 1 } } },
      'layer "l".activity_regularizer: expected null, received "L2".',
    ],
    [
      "Dense",
      { units: 1, kernel_initializer: { class_name: "Mine", config: {} } },
      'or none, received "Mine".',
    ],
    [
      "Bidirectional",
      {
        layer: { class_name: "LSTM", config: { name: "a", units: 1 } },
        backward_layer: { class_name: "LSTM", config: { name: "b", units: 2, go_backwards: true } },
      },
      'layer "l".backward_layer: expected the same layer backwards, received another.',
    ],
    [
      "TimeDistributed",
      { layer: { class_name: "Mine", config: { name: "m" } } },
      'layer "l/m": expected a layer that TensorFlow.js 4.22 has, received "Mine".',
    ],
  ])("%s %j", (className, config, message) => {
    expect(() => written(className, config)).toThrow(ConfigError);
    expect(() => written(className, config)).toThrow(message);
  });

  it.each<[string, JsonObject, Fed, string]>([
    [
      "Flatten",
      {},
      { ...image, rank: 1 },
      "expected an input of rank 3, 4, 5, 6 for Flatten, received rank 1.",
    ],
    [
      "BatchNormalization",
      {},
      { ...image, rank: 5 },
      "expected an input of rank 2, 3, 4 for BatchNormalization",
    ],
    [
      "Conv1D",
      { ...conv },
      { ...image, isMasked: true },
      'layer "l": expected an input without a mask for Conv1D, received one with a mask.',
    ],
  ])("%s for its input", (className, config, fed, message) => {
    expect(() => written(className, config, fed)).toThrow(message);
  });

  it.each<[string, JsonObject, Fed[], string | null]>([
    ["Flatten", {}, [image, { ...image, rank: 2 }], "received unlike ones."],
    ["Softmax", { axis: 3 }, [image, { ...image, rank: 3 }], "expected the last axis, received 3."],
    ["Softmax", { axis: -1 }, [image, { ...image, rank: 3 }], null],
    ["Reshape", { target_shape: [-1] }, [image, { ...image, output: [null, 8] }], "received unlike ones."],
  ])("%s %j for several inputs", (className, config, feds, message) => {
    const write = () => topologyOf(stackOf(className, config), () => feds);
    if (message === null) expect(write).not.toThrow();
    else expect(write).toThrow(message);
  });

  it("a model of a class of somebody's own", () => {
    const model = { class_name: "Mine", config: { name: "m", layers: [] } };
    expect(() => topologyOf(model, () => [])).toThrow(
      'layer "m": expected a Sequential or Functional model, received "Mine".',
    );
  });

  it("each layer is named", () => {
    const layers = ["a", "b"].map((name) => ({
      class_name: "Mine",
      config: { name, batch_input_shape: [null, 1] },
    }));
    const model = { class_name: "Sequential", config: { name: "s", layers } };
    expect(() => topologyOf(model, () => [])).toThrow(/layer "a": .*\n.*layer "b": /);
  });

  it.each<[string, JsonValue[]]>([
    ["empty", []],
    ["without an input", [{ class_name: "Dense", config: { name: "d", units: 1 } }]],
  ])("a Sequential that is %s", (_, layers) => {
    expect(() => topologyOf({ class_name: "Sequential", config: { name: "s", layers } }, () => [])).toThrow(
      'layer "s": expected a Sequential whose input is known, received one that is not built.',
    );
  });
});

describe("the calls of a graph", () => {
  const graph = (node: JsonValue, outputs: JsonValue): LayerConfig => ({
    class_name: "Model",
    config: {
      name: "m",
      layers: [
        {
          class_name: "InputLayer",
          name: "x",
          config: { name: "x", batch_input_shape: [null, 2] },
          inbound_nodes: [],
        },
        { class_name: "Dense", name: "d", config: { name: "d", units: 1 }, inbound_nodes: [node] },
      ],
      input_layers: [["x", 0, 0]],
      output_layers: outputs,
    },
  });

  it.each<[JsonValue]>([[["d", 0, 0]], [[["d", 0, 0]]], [{ b: ["d", 0, 0] }], [[[["d", 0, 0]]]]])(
    "have one list of outputs: %j",
    (outputs) => {
      const { class_name, config } = topologyOf(
        graph([["x", 0, 0, { training: false, mask: null }]], outputs),
        () => [],
      );
      expect(class_name).toBe("Functional");
      expect(config.output_layers).toEqual([["d", 0, 0]]);
      expect(config.layers).toMatchObject([{ name: "x" }, { name: "d", inbound_nodes: [[["x", 0, 0, {}]]] }]);
    },
  );

  it.each<[JsonValue, string]>([
    [[["x", 0, 0, { training: true }]], 'layer "d": expected a call without "training", received true.'],
    [[["x", 0, 0, { value: ["v", 0, 0] }]], 'layer "d": expected a call without "value"'],
    [[["_CONSTANT_VALUE", -1, 5, {}]], 'layer "d": expected a call with tensors of layers'],
    [[[["x", 0, 0]]], 'layer "d": expected a call with tensors of layers'],
  ])("that TensorFlow.js cannot make are refused: %j", (node, message) => {
    expect(() => topologyOf(graph(node, [["d", 0, 0]]), () => [])).toThrow(message);
  });
});
