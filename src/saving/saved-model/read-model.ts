import { FileError, type Issue, printableIssue } from "../../errors.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { rememberOrigin } from "../file-memory.ts";
import { interruptible } from "../interruptible.ts";
import { makeLegacyModel } from "../legacy-model.ts";
import type { LoadModelOptions } from "../load-options.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { connectCheckpoint } from "./connect.ts";
import { isObject, notesOf } from "./keras-metadata.ts";
import { fillLearned, hasLearned } from "./learned.ts";
import { readMain, readMetadataBeside, rootOf } from "./metadata-beside.ts";
import { openVariables } from "./read-weights.ts";

/**
 * Makes the model of a SavedModel folder, by its `saved_model.pb`: of what Keras noted of its objects, without its
 * functions, and connects the variables.
 */
export async function readSavedModel(source: ByteSource, options: LoadModelOptions): Promise<Model> {
  const { name = "saved_model.pb", verify = false, limits, onUnknown, signal } = options;
  const watch = new Watch(options);
  return interruptible(source, signal, async (open) => {
    await watch.at("config", 0, 1);
    const metadata = await readMetadataBeside(open, name, limits ?? {});
    const root = rootOf(metadata, name);
    const notes = notesOf(metadata.nodes);
    const { config } = root.config;
    if (isObject(config) && hasLearned(config)) {
      const budget = new Budget(open.size, limits ?? {});
      const lost = fillLearned(config, await readMain(open, name, budget), notes, name, budget);
      if (lost.length > 0 && !onUnknown) throw new FileError(lost);
      for (const issue of lost) onUnknown?.(printableIssue(issue));
    }
    const model = await makeLegacyModel(root, options);
    await watch.at("config", 1, 1);
    const checkpoint = await openVariables(open, { name, limits, verify });
    connectCheckpoint(model, checkpoint, { onUnknown, notes });
    for (const issue of lostFrom(checkpoint)) onUnknown?.(printableIssue(issue));
    const { version } = root;
    rememberOrigin(model, { metadata: version === undefined ? {} : { keras_version: version }, assets: [] });
    return model;
  });
}

/** What of a checkpoint no model here keeps. */
function lostFrom({ nodes, name }: Checkpoint): Issue[] {
  const optimizer = nodes[nodes[0]?.children.get("optimizer") ?? -1];
  // From TensorFlow 2.11 on they are in a list, behind the number of steps.
  const listed = nodes[optimizer?.children.get("_variables") ?? -1]?.children.size ?? 0;
  const count = Math.max(optimizer?.slots ?? 0, listed);
  if (count === 0) return [];
  const message = `the state of the optimizer, ${count} arrays, is not read: training begins anew.`;
  return [{ path: `${name} root.optimizer`, message }];
}
