import { comparable } from "../../json/comparable.ts";
import { copyJson } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { isDict, type Named } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { helpFor } from "../unfolded.ts";
import type { Dialect } from "../version.ts";
import { writeCompile } from "./compile-write.ts";
import { compiledClass } from "./compiled-objects.ts";
import { oldKeysOf } from "./keys.ts";

/** An envelope of Keras 3 as the last Keras 2 writes it; says where Keras 2 has no such class. */
export function writeEnvelope(envelope: JsonObject, about: Named, lacks: Lacks): JsonObject {
  const { module, className } = about;
  const { config, build_config: built, compile_config: compiled } = envelope;
  if (isDict(compiled) && Object.keys(compiled).length > 0) {
    const ends = isDict(config) && isDict(config.output_layers) ? config.output_layers : null;
    const named = ends && { outputs: Object.keys(ends).sort() };
    const written = writeCompile(compiled, { dialect: lastOfKeras2, lacks, ...named });
    if (written) envelope.compile_config = written;
    else delete envelope.compile_config;
  }
  if (module === "keras.initializers") envelope.class_name = className;
  if (className === "Functional") envelope.module = "keras.src.engine.functional";
  if (isLacking(about)) sayAbsent(isDict(config) ? config : {}, about, "Keras 2", lacks);
  if (module !== "keras.layers" || !isDict(config)) return envelope;
  if (!oldKeysOf(className)) sayAbsent(config, about, "Keras 2", lacks);
  rules[className]?.(config, isDict(built) ? built : {}, envelope);
  return envelope;
}

/** The version whose losses and metrics these are; for those before, their own rules say what they lack. */
const lastOfKeras2: Dialect = 215;

/** Whether no Keras 2 has a class; of layers it is said elsewhere. */
function isLacking({ module, className }: Named): boolean {
  if (module === "keras.losses") return !compiledClass("loss", className);
  if (module === "keras.metrics") return !compiledClass("metric", className);
  return module === "keras.initializers" && className === "STFT";
}

/** What can stand for a class that Keras 2 does not have. */
const instead: Readonly<Record<string, string>> = {
  Identity: 'An Activation("linear") computes the same.',
  RMSNormalization: "A LayerNormalization without a mean is none.",
  Solarization: "Leave it out where it does nothing but in training.",
};

const kinds: Readonly<Record<string, string>> = {
  "keras.initializers": "an initializer",
  "keras.losses": "a loss",
  "keras.metrics": "a metric",
};

/** Says that an older Keras does not have the class of a layer, loss, metric or initializer. */
export function sayAbsent(
  { name }: JsonObject,
  { module, className }: Named,
  version: string,
  lacks: Lacks,
): void {
  const help = instead[className];
  const kind = kinds[module ?? ""] ?? "a layer";
  lacks.say(
    `${kind.replace(/^an? /, "")}${typeof name === "string" ? ` ${quote(name)}` : ""}`,
    `expected ${kind} that ${version} has, received ${className}.${help ? ` ${help}` : ""}${helpFor(className)}`,
  );
}

type Rule = (config: JsonObject, built: JsonObject, envelope: JsonObject) => void;

const rules: Readonly<Record<string, Rule>> = {
  BatchNormalization(config, built, envelope) {
    asList(config, built);
    if (config.synchronized !== true) return;
    envelope.class_name = "SyncBatchNormalization";
    delete config.synchronized;
  },
  Bidirectional(config) {
    const { layer, backward_layer: backward = null } = config;
    if (!isDict(layer) || !isDict(layer.config)) return;
    const inner = layer.config;
    // It goes by the name that it was given, where the one that goes forward has another.
    if (typeof inner.name === "string") inner.name = inner.name.replace(/^forward_/, "");
    for (const each of [layer, backward]) {
      if (!isDict(each)) continue;
      delete each.build_config;
      // It gives zeros for what is masked of itself.
      if (isDict(each.config)) delete each.config.zero_output_for_mask;
    }
    if (isDict(backward) && isMirror(layer, backward)) delete config.backward_layer;
  },
  Discretization(config) {
    // How many bins there are is said by their boundaries; it takes no more than one of the two.
    if (config.bin_boundaries != null) config.num_bins = null;
  },
  LayerNormalization: asList,
  MultiHeadAttention(config, built) {
    const { output_shape: output } = config;
    if (Array.isArray(output) && output.length === 1) config.output_shape = output[0]!;
    const shapes = isDict(built.shapes_dict) ? built.shapes_dict : built;
    const { query_shape: query = null, value_shape: value = null, key_shape: key = value } = shapes;
    if (!Array.isArray(query) || !Array.isArray(value)) return;
    for (const [name, shape] of [
      ["query_shape", query],
      ["key_shape", key ?? value],
      ["value_shape", value],
    ] as const)
      config[name] = copyJson(shape);
  },
  Normalization(config) {
    const { axis = null } = config;
    config.axis = axis === null ? [] : [axis].flat();
  },
  StackedRNNCells(_config, _built, envelope) {
    delete envelope.build_config;
  },
  TimeDistributed({ layer }) {
    if (isDict(layer) && !buildsItself.test(String(layer.class_name))) delete layer.build_config;
  },
  UnitNormalization: asList,
};

/** Layers that say what they were built for where another layer builds them. */
const buildsItself = /^(?:RNN|LSTM|GRU|SimpleRNN|ConvLSTM[123]D|Sequential|Functional)$/;

/** An axis that was built for a shape is a list of axes counted from the front. */
function asList(config: JsonObject, { input_shape: shape }: JsonObject): void {
  if (!Array.isArray(shape) || config.axis === undefined) return;
  config.axis = [config.axis].flat().map((axis) => (Number(axis) < 0 ? shape.length + Number(axis) : axis!));
}

/** Whether a layer is the one that Keras makes of another to go backwards. */
function isMirror(layer: JsonObject, backward: JsonObject): boolean {
  const { config: forth } = layer;
  const { config: back } = backward;
  if (!isDict(forth) || !isDict(back)) return false;
  const mirrored: Record<string, JsonValue> = { ...forth };
  mirrored.name = back.name!;
  mirrored.go_backwards = forth.go_backwards !== true;
  const isNamed = [`backward_${forth.name}`, `backward_forward_${forth.name}`].includes(String(back.name));
  const textOf = (own: JsonObject) => comparable(copyJson(own, "shared_object_id"));
  return isNamed && layer.class_name === backward.class_name && textOf(mirrored) === textOf(back);
}
