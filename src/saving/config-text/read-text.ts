import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { parseWithin } from "../../json/parse.ts";
import { type Budget, OverLimit } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { json } from "../file-kind.ts";
import { brokenJson } from "../formats/foreign.ts";
import { errorOf } from "../formats/foreign-kind.ts";
import { mostConfigBytes } from "../formats/keras.ts";
import { parseYaml } from "../yaml/parse-yaml.ts";
import { isModelConfig } from "./config-model.ts";

/** The value of a text of JSON. */
export async function readJsonText(source: ByteSource, name: string, budget: Budget): Promise<JsonValue> {
  const text = await textOf(source, name);
  try {
    return parseWithin(text, name, budget.jsonValues);
  } catch (error) {
    if (!(error instanceof FileError) || error instanceof OverLimit) throw error;
    throw errorOf(brokenJson, name, undefined, error);
  }
}

/** The value of a text of JSON, which begins as such, or the config of a model in one of YAML. */
export async function readText(source: ByteSource, name: string, budget: Budget): Promise<JsonValue> {
  const [first] = await source.read(0, Math.min(source.size, 1));
  if (json.starts.some(([start]) => start === first)) return readJsonText(source, name, budget);
  return readYamlConfig(await textOf(source, name), name, budget);
}

async function readYamlConfig(text: string, name: string, budget: Budget): Promise<JsonObject> {
  const value = await parseYaml(text, name, budget.jsonValues);
  if (isModelConfig(value)) return value;
  const expected = "the config of a model, { class_name, config }";
  throw new FileError(name, `expected ${expected}, received ${inspect(value)}.`);
}

async function textOf(source: ByteSource, name: string): Promise<string> {
  if (source.size > mostConfigBytes)
    throw new FileError(name, `expected at most ${mostConfigBytes} bytes of text, received ${source.size}.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await source.read(0, source.size));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new FileError(name, "expected UTF-8 text, received other bytes.", { cause });
  }
}
