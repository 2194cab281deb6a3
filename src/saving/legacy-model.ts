import { meetOldActivations } from "../activations/tf-keras.ts";
import { tellRenamed } from "../dialects/keras-2/tell-names.ts";
import { readTraining } from "../dialects/keras-2/training.ts";
import { readOlder } from "../dialects/older.ts";
import { isOlder } from "../dialects/version.ts";
import type { Reading } from "../fields/reading.ts";
import type { JsonObject } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";
import { knowOlderLayers } from "../layers/tf-keras/know.ts";
import type { Model } from "../models/model.ts";
import { asModel } from "../models/opaque-model.ts";
import { deserializeOwned } from "../registry/deserialize.ts";
import { registryFor } from "./families/families.ts";
import { rememberOrigin } from "./file-memory.ts";
import type { ReadModelOptions } from "./load-options.ts";
import { tellOptimizer } from "./older-optimizers/tell-optimizer.ts";

/** Has the program read what Keras 2 and older wrote, and take it from its own configs again. */
export function knowOlderFiles(): void {
  knowOlderLayers();
  meetOldActivations();
}

/** A model as formats have it that Keras 1 and 2 wrote, and Keras 3 still does, but for its weights. */
export interface LegacyModel {
  /** Its class and config. */
  readonly config: JsonObject;
  /** The version of Keras that the file names. */
  readonly version: string | undefined;
  /** What the file names as the backend. Defaults to "tensorflow". */
  readonly backend?: string | undefined;
  /** How it was compiled: `training_config`. */
  readonly training: JsonObject | null;
}

/** Makes the model of its config, with new weights. */
export async function makeLegacyModel(
  { config: given, version: said, backend = "tensorflow", training }: LegacyModel,
  options: ReadModelOptions,
): Promise<Model> {
  const { registry, customObjects, onUnknown, onNotice = onUnknown, compile = true } = options;
  const { config, version = said, dialect } = readOlder(given, said);
  knowOlderFiles();
  if (!isOlder(dialect)) (await import("./bare-operations.ts")).nameModules(config.config);
  const tell: Reading["notice"] = onNotice ?? null;
  if (isOlder(dialect) && tell) tellRenamed(config.config ?? null, "config.config", tell);
  const signs: JsonObject =
    isOlder(dialect) && version !== undefined ? { keras_version: version, backend } : {};
  const compiled: JsonObject =
    compile && training ? { compile_config: readTraining(training, isOlder(dialect) ? 2 : 3) } : {};
  const envelope = { ...config, ...compiled, ...signs };
  copyMarks(config, envelope);
  const found = deserializeOwned(envelope, {
    registry: registry ?? (await registryFor(config, customObjects)),
    customObjects,
    onUnknown,
    dialect: dialect ?? undefined,
    path: "config",
  });
  const model = asModel(found, "config");
  if (isOlder(dialect)) await tellOptimizer(model, tell);
  rememberOrigin(model, { metadata: said === undefined ? {} : { keras_version: said }, assets: [] });
  return model;
}
