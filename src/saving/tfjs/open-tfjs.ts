import { isDict } from "../../dialects/change.ts";
import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { jsonKind } from "../formats/foreign.ts";
import { errorOf } from "../formats/foreign-kind.ts";
import { readManifest } from "./manifest.ts";
import { type OnMissing, openWeights, type StoredWeight } from "./weights.ts";

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

/** Takes what the `model.json` of a layers model says, and opens the files of its weights. */
export async function openTfjs(
  source: ByteSource,
  given: JsonValue,
  name: string,
  budget: Budget,
  onMissing?: OnMissing,
): Promise<TfjsFile> {
  const { manifest, ...topology } = readTopology(given, name);
  if (manifest === undefined) {
    throw new FileError(
      name,
      "expected weightsManifest, received none. loadModel makes the model of the config alone, with new weights.",
    );
  }
  const groups = readManifest(manifest, name);
  return { ...topology, weights: await openWeights(source, groups, name, budget, onMissing) };
}

/** The same without its weights: nothing is opened. */
export function readTopology(
  given: JsonValue,
  name: string,
): Omit<TfjsFile, "weights"> & { readonly manifest: JsonValue | undefined } {
  const file = checkModelJson(given, name);
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
function checkModelJson(file: JsonValue, name: string): JsonObject {
  const isModel = isDict(file) && ("modelTopology" in file || "weightsManifest" in file);
  if (isModel && file.format !== "graph-model") return file;
  throw errorOf(jsonKind(file), name);
}

function dictFrom(value: JsonValue | undefined, at: string): JsonObject {
  if (isDict(value)) return value;
  throw new FileError(at, `expected an object, received ${inspect(value)}.`);
}
