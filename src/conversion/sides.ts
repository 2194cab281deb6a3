import { isDict } from "../dialects/change.ts";
import { formatDialect } from "../dialects/version.ts";
import { type Issue, invariant } from "../errors.ts";
import { placeOf } from "../graph/graph.ts";
import type { JsonObject } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import type { Model } from "../models/model.ts";
import { FirstValue } from "../program/first-value.ts";
import type { Limits } from "../saving/budget.ts";
import { originOf } from "../saving/file-memory.ts";
import { abilityFor, type Format } from "../saving/formats/format.ts";
import { configReaders, metadataReaders } from "../saving/formats/index.ts";
import { keras } from "../saving/formats/keras.ts";
import { modelH5 } from "../saving/formats/model-h5.ts";
import { savedModel } from "../saving/formats/saved-model.ts";
import { tfjs } from "../saving/formats/tfjs.ts";
import { yaml } from "../saving/formats/yaml.ts";
import { openInput } from "../saving/node/input.ts";
import type { Target } from "./target.ts";

const sources: ReadonlyMap<Format, string> = new Map([
  [keras, "keras"],
  [modelH5, "h5"],
  [savedModel, "saved-model"],
  [tfjs, "tfjs"],
  [yaml, "yaml"],
]);

/** What reports call the format of what was read. */
export function sourceName(format: Format): string {
  return sources.get(format) ?? format.extensions[0];
}

/** The version of Keras that a model's file names, or whose dialect it speaks; null where nothing says one. */
export function versionOf(model: Model): string | null {
  const version = originOf(model)?.metadata.keras_version;
  if (typeof version === "string") return version;
  return model.dialect === null ? null : formatDialect(model.dialect);
}

/** What was written says of itself. */
export interface Written {
  /** The model's config; null where there is none. */
  readonly config: JsonObject | null;
  readonly keras: string | null;
}

/** Looks at what was written, as whoever reads it will. */
export async function writtenAt(
  { path, kind, keras: asked }: Target,
  { dialect }: Model,
  limits: Limits | null | undefined,
): Promise<Written> {
  if (kind === "weights" || kind === "onnx") return { config: null, keras: null };
  const { source, close } = await openInput(path);
  const options = { limits };
  try {
    if (kind === "json") {
      const config = dictIn(new TextDecoder().decode(await source.read(0, source.size)), path, limits);
      const known = asked ?? dialect;
      const said = textAt(config, "keras_version");
      return { config, keras: said ?? (known === null ? null : formatDialect(known)) };
    }
    const readConfig = await abilityFor(configReaders, source);
    const config = dictIn(await readConfig(source, path, options), path, limits);
    const readMetadata = await abilityFor(metadataReaders, source);
    return { config, keras: textAt(await readMetadata(source, path, options), "keras_version") };
  } finally {
    close();
  }
}

/** Whether a model has no numbers but those that its initializers are going to give. */
export function isNew({ weights }: Model): boolean {
  return weights.length > 0 && weights.every(({ source }) => source instanceof FirstValue);
}

/**
 * What of a model did not come along, and what was made up. `wasNew` says that what was read had no weights, `written` is
 * the model that was written for it.
 */
export function lostBy({ kind }: Target, model: Model, wasNew: boolean, written: Model): readonly Issue[] {
  const path = placeOf(model);
  const issues: Issue[] = [];
  if (wasNew && kind !== "json")
    issues.push({ path, message: "its weights are new: what was read has none." });
  if (kind === "tfjs" && model.compiled) {
    const what = model.optimizerState
      ? "how it was compiled, and the state of its optimizer,"
      : "how it was compiled";
    issues.push({ path, message: `${what} is left out: a model.json is written without it.` });
  } else if (model.optimizerState && !written.optimizerState) {
    const message = "the state of its optimizer is left out: it is for weights that are written otherwise.";
    issues.push({ path, message });
  }
  return issues;
}

function dictIn(text: string, path: string, limits: Limits | null | undefined): JsonObject {
  const config = parsePythonJson(text, { source: path, maxValues: limits?.jsonValues });
  invariant(isDict(config), "a config that was written is no object");
  return config;
}

function textAt(json: JsonObject, key: string): string | null {
  const value = json[key];
  return typeof value === "string" ? value : null;
}
