import { knowKeras2 } from "../../dialects/older.ts";
import type { Dialect } from "../../dialects/version.ts";
import { currentWriting, runWriting } from "../../fields/writing.ts";
import type { Model } from "../../models/model.ts";
import { serializeObject } from "../../registry/serialize.ts";
import { checkTold } from "../../registry/untold.ts";
import type { LayerConfig } from "./instead.ts";
import type { ModelFile, TfjsOptions } from "./options.ts";
import { tfjsFiles } from "./write-tfjs.ts";

/** The Keras whose configs TensorFlow.js knows best, and the first that has an activation of TensorFlow.js which that lacks. */
const version = "2.9.0";
const usual: Dialect = 209;
const firstWithMish: Dialect = 213;

/** The files of a layers model: weights in parts, one at a time, and last `model.json`. */
export function filesOfModel(model: Model, options: TfjsOptions): AsyncGenerator<ModelFile> {
  knowKeras2();
  const dialect = model.toJson().includes('activation": "mish"') ? firstWithMish : usual;
  const config = runWriting({ ...currentWriting(), dialect, needs: null, file: new Map() }, () =>
    checkTold(serializeObject(model)),
  );
  return tfjsFiles(model, config as unknown as LayerConfig, version, options);
}
