import { isDict } from "../../dialects/change.ts";
import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { parseWithin } from "../../json/parse.ts";
import { type Budget, OverLimit } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { brokenJson, jsonKind } from "../formats/foreign.ts";
import { errorOf } from "../formats/foreign-kind.ts";
import { mostConfigBytes } from "../formats/keras.ts";
import { readManifest } from "./manifest.ts";
import { openWeights, type StoredWeight } from "./weights.ts";

/** What the `model.json` of a layers model of TensorFlow.js says. */
export interface TfjsFile {
  /** The envelope of the model: `class_name`, `config`. */
  readonly model: JsonObject;
  /** Who wrote the config: a version of Keras, or `tfjs-layers 4.22.0`; null where it does not say. */
  readonly writtenBy: string | null;
  /** How the model was compiled; null where it does not say. */
  readonly training: JsonObject | null;
  /** Which programs made the file, as it says. */
  readonly madeBy: JsonObject;
  readonly weights: readonly StoredWeight[];
}

/** Reads the `model.json` of a layers model, and opens the files of its weights. */
export async function openTfjs(source: ByteSource, name: string, budget: Budget): Promise<TfjsFile> {
  const { manifest, ...topology } = await readTopology(source, name, budget);
  if (manifest === undefined) {
    throw new FileError(
      name,
      "expected weightsManifest, received none. modelFromJson(text) makes the model of a config, with new weights.",
    );
  }
  return { ...topology, weights: await openWeights(source, readManifest(manifest, name), name, budget) };
}

/** The same without its weights: nothing is opened. */
export async function readTopology(
  source: ByteSource,
  name: string,
  budget: Budget,
): Promise<Omit<TfjsFile, "weights"> & { readonly manifest: JsonValue | undefined }> {
  const file = await readModelJson(source, name, budget);
  const whole = `${name}: modelTopology`;
  const topology = dictFrom(file.modelTopology, whole);
  const isInside = Object.hasOwn(topology, "model_config");
  const at = isInside ? `${whole}.model_config` : whole;
  const model = isInside ? dictFrom(topology.model_config, at) : topology;
  if (typeof model.class_name !== "string" || !Object.hasOwn(model, "config"))
    throw new FileError(at, `expected { class_name, config }, received ${inspect(model)}.`);
  const { keras_version: version = model.keras_version } = topology;
  const training = topology.training_config ?? file.trainingConfig;
  const { generatedBy = null, convertedBy = null, weightsManifest: manifest } = file;
  return {
    model: { class_name: model.class_name, config: model.config! },
    writtenBy: typeof version === "string" ? version : null,
    training: isDict(training) ? training : null,
    madeBy: { generatedBy, convertedBy },
    manifest,
  };
}

/** All of a `model.json`; of any other text it says what it is. */
async function readModelJson(source: ByteSource, name: string, budget: Budget): Promise<JsonObject> {
  const file = await jsonIn(source, name, budget);
  if (
    !isDict(file) ||
    !("modelTopology" in file || "weightsManifest" in file) ||
    file.format === "graph-model"
  )
    throw errorOf(jsonKind(file), name);
  return file;
}

async function jsonIn(source: ByteSource, name: string, budget: Budget): Promise<JsonValue> {
  if (source.size > mostConfigBytes)
    throw new FileError(name, `expected at most ${mostConfigBytes} bytes of JSON, received ${source.size}.`);
  const text = utf8(await source.read(0, source.size), name);
  try {
    return parseWithin(text, name, budget.jsonValues);
  } catch (error) {
    if (!(error instanceof FileError) || error instanceof OverLimit) throw error;
    throw errorOf(brokenJson, name, undefined, error);
  }
}

function utf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileError(name, "expected UTF-8 text, received other bytes.", { cause });
  }
}

function dictFrom(value: JsonValue | undefined, at: string): JsonObject {
  if (isDict(value)) return value;
  throw new FileError(at, `expected an object, received ${inspect(value)}.`);
}
