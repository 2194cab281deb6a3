import { checkModel } from "../models/check-model.ts";
import type { Model } from "../models/model.ts";
import { checkTfjsOptions, type ModelFile, type TfjsOptions } from "./tfjs/options.ts";

export type { ModelFile, TfjsOptions };

/**
 * A model as the files of a layers model that TensorFlow.js 4.22 opens and computes the same with: its weights in parts of
 * 4 MiB, one at a time, then `model.json`. What TensorFlow.js lacks, or computes otherwise, is an error that names each
 * layer. It has no structures: inputs and outputs are lists, in the order of the model.
 *
 * @example
 * for await (const { name, bytes } of saveTfjs(model)) console.log(name, bytes.length);
 */
export async function* saveTfjs(model: Model, options: TfjsOptions = {}): AsyncGenerator<ModelFile> {
  checkModel("saveTfjs", model);
  checkTfjsOptions("saveTfjs", options);
  const { filesOfModel } = await import("./tfjs/save-tfjs.ts");
  yield* filesOfModel(model, options);
}
