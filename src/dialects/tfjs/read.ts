import type { JsonObject, JsonValue } from "../../json/json.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import { isStaticShape } from "../../tensor/shape.ts";
import { isDict } from "../change.ts";
import { fromTfjsLayers, type WeightShapes, withKerasNames } from "./from-layers.ts";
import { nearestTo } from "./nearest.ts";

/** A model's config in the form of Keras 2, and the version that says how it is read. */
interface ReadConfig {
  readonly config: JsonObject;
  readonly version: string | undefined;
  /** Whether TensorFlow.js wrote it of its own layers. */
  readonly isOwn: boolean;
}

/** Whether what stands as the version of Keras is TensorFlow.js: `tfjs-layers 4.22.0`. */
export function isTfjs(version: unknown): boolean {
  return typeof version === "string" && version.startsWith("tfjs-layers");
}

/** A model's config as Keras wrote it, which TensorFlow.js was given, or as TensorFlow.js writes its own. */
export function readTfjs(model: JsonObject, version: string | null, shapes: WeightShapes): ReadConfig {
  if (!isTfjs(version)) return { config: withKerasNames(model), version: version ?? undefined, isOwn: false };
  return {
    config: fromTfjsLayers(model, shapes),
    version: nearestTo(stringifyPythonJson(model)),
    isOwn: true,
  };
}

/**
 * The text of a model as TensorFlow.js has it, in the form of Keras 2: what `toJSON` gives there, or a whole `model.json`.
 * Null where it is neither.
 */
export function readTfjsText(given: JsonValue): JsonObject | null {
  if (!isDict(given)) return null;
  const { modelTopology: whole = given, weightsManifest: manifest } = given;
  if (!isDict(whole)) return null;
  const { model_config: inside } = whole;
  const model = isDict(inside) ? inside : whole;
  const version = whole.keras_version ?? model.keras_version;
  if (whole === given && model === given && !isTfjs(version)) return null;
  if (typeof model.class_name !== "string" || !isDict(model.config)) return null;
  const said = typeof version === "string" ? version : null;
  const read = readTfjs({ class_name: model.class_name, config: model.config }, said, shapesIn(manifest));
  return read.version === undefined ? read.config : { ...read.config, keras_version: read.version };
}

/** The shapes of weights that a manifest says; nothing else of it is looked at. */
function shapesIn(manifest: JsonValue | undefined): WeightShapes {
  const groups = Array.isArray(manifest) ? manifest : [];
  const entries = groups.flatMap((group) =>
    isDict(group) && Array.isArray(group.weights) ? group.weights : [],
  );
  return new Map(
    entries.flatMap((entry) =>
      isDict(entry) && typeof entry.name === "string" && isStaticShape(entry.shape)
        ? [[entry.name, entry.shape] as const]
        : [],
    ),
  );
}
