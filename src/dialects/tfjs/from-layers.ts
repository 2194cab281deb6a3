import { ConfigError } from "../../errors.ts";
import { setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, keysOf } from "../../json/marks.ts";
import { quote } from "../../json/quote.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import { isDict, picked, without } from "../change.ts";
import { hasSeveralCells } from "./several-cells.ts";

/** The shapes of weights, by their names. */
export type WeightShapes = ReadonlyMap<string, StaticShape>;

/**
 * Brings a config that TensorFlow.js wrote of its own layers into the form of Keras 2: the same keys, of which it leaves
 * out some, and writes null for what nobody gave. The shapes of weights say what is not in it.
 */
export function fromTfjsLayers(json: JsonObject, shapes: WeightShapes): JsonObject {
  return eachObject(json, (name, envelope) => {
    const { config } = envelope;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    return rule && isDict(config) ? { ...envelope, config: rule(config, shapes, envelope) } : envelope;
  });
}

/** Brings names that only TensorFlow.js spells so into the spelling of Keras. */
export function withKerasNames(json: JsonObject): JsonObject {
  return eachObject(json, (name, envelope) => {
    const respelled = /^LeCun(Normal|Uniform)$/.test(name);
    return respelled ? { ...envelope, class_name: name.replace("C", "c") } : envelope;
  });
}

/** A value with each object that names its class changed, those inside first. */
function eachObject<T extends JsonValue>(
  json: T,
  change: (name: string, envelope: JsonObject) => JsonObject,
): T;
function eachObject(json: JsonValue, change: (name: string, envelope: JsonObject) => JsonObject): JsonValue {
  if (typeof json !== "object" || json === null) return json;
  const inside = (value: JsonValue) => eachObject(value, change);
  if (Array.isArray(json)) return copied(json, json.map(inside));
  const read: JsonObject = {};
  for (const key of keysOf(json)) setEntry(read, key, inside(json[key]!));
  copyMarks(json, read);
  return typeof read.class_name === "string" ? change(read.class_name, read) : read;
}

function copied(json: JsonValue[], copy: JsonValue[]): JsonValue[] {
  copyMarks(json, copy);
  return copy;
}

type Rule = (config: JsonObject, shapes: WeightShapes, envelope: JsonObject) => JsonObject;

/** Options that nobody gave are written as null, which Keras 2 has for none of them. */
const given: Rule = (config) => {
  const empty = ["implementation", "mask_zero"].filter((key) => config[key] === null);
  const read = without(config, empty);
  return read.unit_forget_bias === null ? { ...read, unit_forget_bias: false } : read;
};

/** It computes with `reset_after` false only, and did not say so at first. */
const gru: Rule = (config, ...rest) => ({ reset_after: false, ...given(config, ...rest) });

/** It takes rates of dilation, and computes without. */
const undilated: Rule = ({ dilation_rate: rates, ...config }) =>
  rates === undefined ? config : { ...config, dilation_rate: [rates].flat().map(() => 1) };

const rules: Readonly<Record<string, Rule>> = {
  Conv2DTranspose: undilated,
  Conv3DTranspose: undilated,
  ConvLSTM2D: given,
  ConvLSTM2DCell: given,
  DepthwiseConv2D: undilated,
  Embedding: given,
  GRU: gru,
  GRUCell: gru,
  LSTM: given,
  LSTMCell: given,
  RNN(config, _, { inbound_nodes: calls }) {
    const { name, cell, return_state: givesStates } = config;
    const at = `layer ${quote(String(name))}`;
    const isStack = isDict(cell) && cell.class_name === "StackedRNNCells";
    if (isStack && givesStates === true)
      throw new ConfigError(
        `${at}.return_state`,
        "expected false for several cells, whose states TensorFlow.js gives backwards, received true.",
      );
    if (isStack && hasSeveralCells(cell) && Array.isArray(calls) && calls.some(isWithStates))
      throw new ConfigError(
        at,
        "expected no first states for several cells, which TensorFlow.js takes backwards, received some.",
      );
    // What its cells say stands in it as well.
    return picked(config, sequenceKeys);
  },
  SeparableConv2D(config, shapes) {
    const multiplier = shapes.get(`${config.name}/depthwise_kernel`)?.at(-1) ?? 1;
    return { depth_multiplier: multiplier, ...config };
  },
  Softmax: (config) => ({ axis: -1, ...config }),
  VarianceScaling(config) {
    return config.distribution === "normal" ? { ...config, distribution: "truncated_normal" } : config;
  },
};

/** Whether a call has more than the sequence: first states stand behind it. */
function isWithStates(call: JsonValue): boolean {
  return Array.isArray(call) && call.length > 1;
}

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
