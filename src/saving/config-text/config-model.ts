import { isDict } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Model } from "../../models/model.ts";
import { makeLegacyModel } from "../legacy-model.ts";
import type { LoadModelOptions } from "../load-options.ts";

/** Whether a value is what a model writes of itself as text. */
export function isModelConfig(value: JsonValue): value is JsonObject {
  return isDict(value) && typeof value.class_name === "string" && "config" in value;
}

/** The model of such a value, whichever Keras wrote it, with new weights. */
export function makeConfigModel(config: JsonObject, options: LoadModelOptions): Promise<Model> {
  const { keras_version: version, backend } = config;
  return makeLegacyModel(
    {
      config,
      version: typeof version === "string" ? version : undefined,
      backend: typeof backend === "string" ? backend : undefined,
      training: null,
    },
    options,
  );
}
