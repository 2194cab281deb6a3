import { isDict } from "../../dialects/change.ts";
import { everyVersion } from "../../dialects/programs.ts";
import { tfjsClasses } from "../../dialects/tfjs/classes.ts";
import { comparable } from "../../json/comparable.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { eachDict } from "../each-dict.ts";
import { notFor } from "./keras-3.ts";
import type { Obstacle } from "./loading.ts";

/** What keeps programs from a layers model of TensorFlow.js, which no Keras opens. */
export function obstaclesInTfjs(file: JsonObject): Obstacle[] {
  const found: Obstacle[] = [
    notFor("keras", "a layers model of TensorFlow.js"),
    notFor("tf_keras", "a layers model of TensorFlow.js"),
  ];
  const against = (text: string, isUnsure = false) =>
    found.push({ program: "tensorflow.js", versions: everyVersion("tensorflow.js"), text, isUnsure });
  if (file.format === "graph-model") {
    against("a graph model, which has no layers");
    return found;
  }
  eachDict(file.modelTopology ?? null, "modelTopology", (dict) => {
    const { class_name: name, config } = dict;
    if (isDict(config) && config.output_layers !== undefined) {
      const model = `model ${quote(String(config.name))}: `;
      if (!isListOfTensors(config.output_layers)) against(`${model}outputs that are no list of tensors`);
      else if (hasRepeated(config.output_layers, config.input_layers))
        against(`${model}one tensor as several outputs, which it loads and computes once alone`);
    }
    if (typeof name !== "string" || !isLayer(dict)) return;
    const place = `layer ${quote(String((config as JsonObject).name))}: `;
    if (!tfjsClasses.has(name)) against(`${place}${name}, which TensorFlow.js has not`);
    if (name !== "SeparableConv2D" || !isDict(config)) return;
    for (const key of ["kernel_initializer", "kernel_regularizer", "kernel_constraint"])
      if (config[key] != null) against(`${place}SeparableConv2D.${key}, which it refuses`);
    if (config.depth_multiplier === undefined)
      against(`${place}no depth_multiplier, which TensorFlow.js leaves out whatever it is`, true);
  });
  return found;
}

/** Layers have names in their configs; initializers and the like have none. */
function isLayer({ config, inbound_nodes: nodes }: JsonObject): boolean {
  return (
    isDict(config) && (nodes !== undefined || (typeof config.name === "string" && "trainable" in config))
  );
}

function isListOfTensors(ends: JsonValue): ends is JsonValue[] {
  return Array.isArray(ends) && ends.every((end) => Array.isArray(end) && typeof end[0] === "string");
}

/** Whether a computed tensor is an output more than once: with inputs it may be. */
function hasRepeated(outputs: readonly JsonValue[], inputs: JsonValue | undefined): boolean {
  const given = new Set(Array.isArray(inputs) ? inputs.map((end) => comparable(end)) : []);
  const computed = outputs.map((end) => comparable(end)).filter((end) => !given.has(end));
  return new Set(computed).size < computed.length;
}
