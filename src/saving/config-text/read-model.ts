import type { JsonObject } from "../../json/json.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import { Budget, type LimitOptions } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { interruptible } from "../interruptible.ts";
import type { ReadModelOptions } from "../load-options.ts";
import { readTfjsConfig, readTfjsMetadata, readTfjsModel } from "../tfjs/read-model.ts";
import { isModelConfig, makeConfigModel } from "./config-model.ts";
import { readText } from "./read-text.ts";

/**
 * Makes the model of a text: of a config in JSON or YAML, which has new weights, or of the `model.json` of a layers model
 * of TensorFlow.js.
 */
export async function readTextModel(source: ByteSource, options: ReadModelOptions): Promise<Model> {
  const { name = "model.json", limits, signal } = options;
  return interruptible(source, signal, async (open) => {
    const watch = new Watch(options);
    await watch.at("config", 0, open.size);
    const budget = new Budget(open.size, limits ?? {});
    const value = await readText(open, name, budget);
    if (!isModelConfig(value)) return readTfjsModel(open, value, budget, options);
    const model = await makeConfigModel(value, options);
    await watch.at("config", open.size, open.size);
    return model;
  });
}

/** The config as JSON text. */
export async function readTextConfig(
  source: ByteSource,
  name = "model.json",
  { limits }: LimitOptions = {},
): Promise<string> {
  const value = await readText(source, name, new Budget(source.size, limits ?? {}));
  return isModelConfig(value) ? stringifyPythonJson(value) : readTfjsConfig(value, name);
}

/** What the text says of itself. */
export async function readTextMetadata(
  source: ByteSource,
  name = "model.json",
  { limits }: LimitOptions = {},
): Promise<JsonObject> {
  const value = await readText(source, name, new Budget(source.size, limits ?? {}));
  return isModelConfig(value)
    ? { keras_version: value.keras_version ?? null }
    : readTfjsMetadata(value, name);
}
