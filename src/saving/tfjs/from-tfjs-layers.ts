import { isDict, picked, without } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { StaticShape } from "../../tensor/shape.ts";

/** The shapes of weights, by their names. */
export type WeightShapes = ReadonlyMap<string, StaticShape>;

/**
 * Brings a config that TensorFlow.js wrote of its own layers into the form of Keras 2: the same keys, of which it leaves
 * out some, and writes null for what nobody gave. The shapes of weights say what is not in it.
 */
export function fromTfjsLayers(json: JsonValue, shapes: WeightShapes): JsonValue {
  if (Array.isArray(json)) return json.map((item) => fromTfjsLayers(item, shapes));
  if (!isDict(json)) return json;
  const read: JsonObject = {};
  for (const [key, value] of Object.entries(json)) read[key] = fromTfjsLayers(value, shapes);
  const { class_name: name, config } = read;
  const rule = typeof name === "string" && Object.hasOwn(rules, name) ? rules[name] : undefined;
  return rule && isDict(config) ? { ...read, config: rule(config, shapes) } : read;
}

type Rule = (config: JsonObject, shapes: WeightShapes) => JsonObject;

/** Options that nobody gave are written as null, which Keras 2 has for none of them. */
const given: Rule = (config) => {
  const empty = ["implementation", "mask_zero"].filter((key) => config[key] === null);
  const read = without(config, empty);
  return read.unit_forget_bias === null ? { ...read, unit_forget_bias: false } : read;
};

/** It computes with `reset_after` false only, and did not say so at first. */
const gru: Rule = (config, shapes) => ({ reset_after: false, ...given(config, shapes) });

const rules: Readonly<Record<string, Rule>> = {
  ConvLSTM2D: given,
  ConvLSTM2DCell: given,
  Embedding: given,
  GRU: gru,
  GRUCell: gru,
  LSTM: given,
  LSTMCell: given,
  // What its cells say stands in it as well.
  RNN: (config) => picked(config, sequenceKeys),
  SeparableConv2D(config, shapes) {
    const multiplier = shapes.get(`${config.name}/depthwise_kernel`)?.at(-1) ?? 1;
    return { depth_multiplier: multiplier, ...config };
  },
  Softmax: (config) => ({ axis: -1, ...config }),
  VarianceScaling(config) {
    return config.distribution === "normal" ? { ...config, distribution: "truncated_normal" } : config;
  },
};

const sequenceKeys = [
  "name",
  "trainable",
  "batch_input_shape",
  "dtype",
  "return_sequences",
  "return_state",
  "go_backwards",
  "stateful",
  "unroll",
  "cell",
];
