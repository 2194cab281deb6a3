import { USUAL_OLDER } from "../dialects/written.ts";
import { knowOlderLayers } from "../layers/tf-keras/know.ts";
import { checkModel } from "../models/check-model.ts";
import type { Model } from "../models/model.ts";
import type { ToJsonOptions } from "../models/text-of.ts";

/**
 * The text of a model as TensorFlow 2.9's `model.to_json()` gives it; of versions up to 2.15, and of Keras 3, with `keras`. Unlike
 * `model.toJson({ keras: "2.9" })` it does not need a program that has read or written a file of Keras 2 before. Throws a
 * {@link ConfigError} that names each layer, key and value which that version has no word for.
 *
 * @example
 * import { Input, Sequential } from "ceratops";
 * import { Dense } from "ceratops/layers";
 * import { modelToJson } from "ceratops/tf-keras";
 *
 * const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 1 })]);
 * const text = modelToJson(model, { keras: "2.15" });
 */
export function modelToJson(model: Model, options: ToJsonOptions = {}): string {
  checkModel("modelToJson", model);
  knowOlderLayers();
  return model.toJson({ ...options, keras: options?.keras ?? USUAL_OLDER });
}
