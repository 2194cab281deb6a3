import { copyEntry } from "../../json/copy.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isFloat, markFloat } from "../../json/marks.ts";
import { joinPath } from "../../json/path.ts";
import { type Named, picked } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { placeIn } from "../place-in.ts";
import { unfolds } from "../unfolded.ts";
import { activationIn } from "./activations.ts";
import { turned } from "./entries.ts";
import { oldKeysOf } from "./keys.ts";
import { writeLambda } from "./lambda-write.ts";
import { oldConfigOf } from "./layers.ts";
import { writeOptimizer } from "./optimizers-write.ts";
import { isForTraining, isSilent } from "./silent.ts";

/**
 * A config of Keras 3 as Keras 2 writes it: its keys in its order; says every value that Keras 2 has no word for. What is
 * given may be changed.
 */
export function writeConfig(config: JsonObject, about: Named, lacks: Lacks): JsonObject {
  const refuse: Refuse = (key, expected, value, droppable, help = "") => {
    const message = `expected ${expected}, received ${inspect(value)}.${help}`;
    lacks.say(joinPath(placeOf(config, about), key), message, droppable);
  };
  const { renamed = {} } = oldConfigOf(about);
  // What optimizers were called before 2.3 is read only.
  const isLayer = about.module === "keras.layers";
  const names = new Map(Object.entries(isLayer ? renamed : {}).map(([old, now]) => [now, old]));
  const written = turned(config, (key, value) => {
    if (key === "dtype") return [key, policyOf(value, refuse)];
    if (key.endsWith("activation"))
      return [key, activationIn(value, (text) => refuse(key, text, value, false, unfolds))];
    return [names.get(key) ?? key, value];
  });
  let result = written;
  if (isLayer) result = arranged(written, about, refuse);
  if (about.module === "keras.optimizers") result = writeOptimizer(written, about.className, refuse);
  if (about.module === "keras.initializers") result = initialized(written, refuse);
  return rounded(result, about);
}

/** An initializer's config with the seed last, without options that Keras 2 lacks and that must say nothing. */
function initialized(config: JsonObject, refuse: Refuse): JsonObject {
  const keys = Object.keys(config).sort((a, b) => Number(a === "seed") - Number(b === "seed"));
  for (const key of keys.filter((key) => newOptions.includes(key) && config[key] !== null))
    refuse(key, "null, because Keras 2 has no such option", config[key]!, true);
  return picked(
    config,
    keys.filter((key) => !newOptions.includes(key)),
  );
}

/** Options of initializers that Keras 2 lacks. */
const newOptions = ["input_axes", "output_axes"];

type Refuse = (key: string, expected: string, value: JsonValue, droppable?: boolean, help?: string) => void;

function placeOf(config: JsonObject, about: Named): string {
  return about.module === "keras.optimizers" ? "compile_config.optimizer" : placeIn(config, about);
}

/** A layer's config with the keys of Keras 2 in their order. What it does not have must say nothing. */
function arranged(given: JsonObject, about: Named, refuse: Refuse): JsonObject {
  const keys = oldKeysOf(about.className);
  if (!keys) return given;
  const config = about.className === "Lambda" ? writeLambda(given) : given;
  const result: JsonObject = {};
  for (const { key, unsaid, isFloat, isRare } of keys) {
    const isSaid = Object.hasOwn(config, key);
    if (isRare && (!isSaid || config[key] === null || config[key] === false)) continue;
    if (isSaid) copyEntry(config, result, key);
    else if (unsaid !== undefined) result[key] = unsaid;
    if (!isSaid && isFloat) markFloat(result, key);
  }
  if (convolves.test(about.className) && config.unroll === true) {
    refuse("unroll", "false, because Keras 2 unrolls no convolutions", true, true);
    result.unroll = false;
  }
  for (const key of Object.keys(config)) {
    if (Object.hasOwn(result, key) || isSilent(key, config[key]!, about.className)) continue;
    const droppable = isForTraining(key, about.className);
    refuse(key, "a key that Keras 2 has, or a value that changes nothing", config[key]!, droppable);
  }
  return result;
}

const convolves = /^ConvLSTM[123]D$/;

/** A policy by its name, or in an envelope where that is no dtype. */
function policyOf(dtype: JsonValue, refuse: Refuse): JsonValue {
  if (typeof dtype !== "string") return dtype;
  if (dtype.startsWith("map_") || dtype.includes("_from_"))
    refuse("dtype", 'a policy that Keras 2 has, such as "float32" or "mixed_float16"', dtype);
  if (!dtype.startsWith("mixed_")) return dtype;
  const module = "keras.mixed_precision";
  return { module, class_name: "Policy", config: { name: dtype }, registered_name: null };
}

/** Numbers that TensorFlow keeps in float32, and writes as it keeps them. */
const inFloat32: Readonly<Record<string, readonly string[]>> = {
  "keras.layers>LeakyReLU": ["alpha"],
  "keras.layers>ReLU": ["max_value", "negative_slope", "threshold"],
  "keras.layers>ThresholdedReLU": ["theta"],
  "keras.regularizers>L1": ["l1"],
  "keras.regularizers>L1L2": ["l1", "l2"],
  "keras.regularizers>L2": ["l2"],
  "keras.regularizers>OrthogonalRegularizer": ["factor"],
};

function rounded(config: JsonObject, { module, className }: Named): JsonObject {
  for (const key of inFloat32[`${module}>${className}`] ?? []) {
    const value = config[key];
    if (typeof value !== "number") continue;
    config[key] = Math.fround(value);
    if (!isFloat(config, key)) markFloat(config, key);
  }
  return config;
}
