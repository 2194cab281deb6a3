import { meetOldActivations } from "./activations/tf-keras.ts";
import { builtins } from "./builtins.ts";
import { tellRenamed } from "./dialects/keras-2/tell-names.ts";
import { readOlder } from "./dialects/older.ts";
import { readTfjsText } from "./dialects/tfjs/read.ts";
import { isOlder } from "./dialects/version.ts";
import { ConfigError } from "./errors.ts";
import type { Reading } from "./fields/reading.ts";
import { checkOption } from "./json/check-options.ts";
import { inspect, isPlain } from "./json/inspect.ts";
import type { JsonObject, JsonValue } from "./json/json.ts";
import { aLimit } from "./json/option-kinds.ts";
import { parsePythonJson } from "./json/parse.ts";
import { knowOlderLayers } from "./layers/tf-keras/know.ts";
import type { Model } from "./models/model.ts";
import { asModel } from "./models/opaque-model.ts";
import {
  type DeserializeOptions,
  deserialize as deserializeFrom,
  deserializeOwned,
} from "./registry/deserialize.ts";
import { checkReadOptions } from "./registry/deserialize-options.ts";

/**
 * Makes the object that a config stands for, as `keras.saving.deserialize_keras_object` does. Knows everything of
 * Keras that this package has; pass your own classes and functions in `customObjects`.
 */
export function deserialize(config: unknown, options: DeserializeOptions = {}): unknown {
  checkReadOptions("deserialize", options);
  return deserializeFrom(config, { ...options, registry: options.registry ?? builtins });
}

export interface ModelFromJsonOptions extends DeserializeOptions {
  /** How many values the text may have, those in lists and objects counted. Defaults to 10 million. */
  readonly maxValues?: number | null | undefined;
}

/**
 * Makes a model from its text: what `model.toJson()` here or `model.to_json()` in Python gave, or what TensorFlow.js has of
 * it: its `model.json`, of which the weights are not looked at, or what `model.toJSON()` gave there. New weights.
 *
 * @example
 * const again = modelFromJson(model.toJson());
 */
export function modelFromJson(text: string, options: ModelFromJsonOptions = {}): Model {
  if (typeof text !== "string") {
    const help = "Use deserialize(config) for a config that is an object already.";
    throw new ConfigError(
      "modelFromJson",
      `expected the text of a model, received ${inspect(text)}. ${help}`,
    );
  }
  checkReadOptions("modelFromJson", options, { maxValues: true });
  checkOption("modelFromJson", options, "maxValues", aLimit);
  const { maxValues, ...reading } = options;
  return modelOf(parsePythonJson(text, { maxValues: maxValues ?? undefined }), reading);
}

/** Makes the model that a value stands for, whichever Keras wrote it, or TensorFlow.js. */
export function modelOf(given: JsonValue, reading: DeserializeOptions): Model {
  const text = readTfjsText(given) ?? given;
  const version = isPlain(text) ? (text as JsonObject).keras_version : undefined;
  const { config, dialect: shown } = readOlder(text, version);
  const dialect = reading.dialect ?? shown ?? undefined;
  knowOlderLayers();
  meetOldActivations();
  const tell: Reading["notice"] = reading.onUnknown ?? null;
  if (isOlder(dialect) && tell) tellRenamed(config, reading.path ?? "config", tell);
  const found = deserializeOwned(config, { ...reading, dialect, registry: reading.registry ?? builtins });
  return asModel(found, reading.path ?? "config");
}
