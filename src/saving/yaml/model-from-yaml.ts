import { ConfigError } from "../../errors.ts";
import { checkOption } from "../../json/check-options.ts";
import { inspect } from "../../json/inspect.ts";
import { aLimit } from "../../json/option-kinds.ts";
import type { Model } from "../../models/model.ts";
import type { DeserializeOptions } from "../../registry/deserialize.ts";
import { checkReadOptions } from "../../registry/deserialize-options.ts";
import { modelOf } from "../../revive.ts";
import { Budget } from "../budget.ts";
import { parseYaml } from "./parse-yaml.ts";

export interface ModelFromYamlOptions extends DeserializeOptions {
  /**
   * How many values the text may have, those in lists and dicts counted, and those of an alias as often as it stands there.
   * Defaults to 4 for each character, and at least 2^18.
   */
  readonly maxValues?: number | null | undefined;
}

/**
 * Makes a model from its YAML text: what `model.to_yaml()` gave in Python until TensorFlow 2.5. New weights. Tuples and
 * numbers of NumPy are read; a tag that asks for any other object of Python is an error, and none is made. Needs the
 * package `yaml` (`npm install yaml`), which is loaded when the first text is read.
 *
 * @example
 * const text = `
 * class_name: Sequential
 * config:
 *   name: small
 *   layers:
 *   - class_name: Dense
 *     config: {name: dense, units: 2, batch_input_shape: !!python/tuple [null, 3]}
 * keras_version: 2.2.4
 * `;
 * const model = await modelFromYaml(text);
 * model.outputShape; // [null, 2]
 */
export async function modelFromYaml(text: string, options: ModelFromYamlOptions = {}): Promise<Model> {
  if (typeof text !== "string") {
    throw new ConfigError("modelFromYaml", `expected the text of a model, received ${inspect(text)}.`);
  }
  checkReadOptions("modelFromYaml", options, { maxValues: true });
  checkOption("modelFromYaml", options, "maxValues", aLimit);
  const { maxValues, ...reading } = options;
  const { jsonValues } = new Budget(text.length, { jsonValues: maxValues ?? undefined });
  return modelOf(await parseYaml(text, "YAML", jsonValues), reading);
}
