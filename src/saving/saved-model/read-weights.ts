import { FileError, type Issue } from "../../errors.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import type { ByteSource } from "../byte-source.ts";
import { interruptible } from "../interruptible.ts";
import type { LoadWeightsOptions } from "../load-options.ts";
import { openBeside } from "../siblings.ts";
import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { connectCheckpoint } from "./connect.ts";

const ending = ".index";

/** Where a SavedModel has its variables, beside `saved_model.pb`. */
const variables = "variables/variables";

/** Gives a model the weights of a checkpoint, as `save_weights` of Keras 2 writes it, by its `.index` file. */
export async function readCheckpointWeights(
  model: Model,
  source: ByteSource,
  options: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  const { name = "checkpoint.index" } = options;
  return interruptible(source, options.signal, async (open) => {
    const own = open.siblings?.name ?? name.slice(name.lastIndexOf("/") + 1);
    if (!own.endsWith(ending))
      throw new FileError(
        name,
        `expected the name of the file, which ends in ${ending}. Give its path or its address.`,
      );
    const where = { beside: open, prefix: own.slice(0, -ending.length), name };
    return connected(model, open, where, options);
  });
}

/** Gives a model the weights of a SavedModel, by its `saved_model.pb`. */
export async function readSavedModelWeights(
  model: Model,
  source: ByteSource,
  options: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  return interruptible(source, options.signal, async (open) => {
    const { index, ...where } = await variablesOf(open, options.name ?? "saved_model.pb");
    return connected(model, index, where, options);
  });
}

interface Where {
  readonly beside: ByteSource;
  readonly prefix: string;
  readonly name: string;
}

/** The index of a SavedModel's variables. */
async function variablesOf(
  source: ByteSource,
  name: string,
): Promise<Where & { readonly index: ByteSource }> {
  const index = await openBeside(source, `${variables}${ending}`, name);
  return { index, beside: source, prefix: variables, name: `${variables}${ending}` };
}

/** The checkpoint in a SavedModel. */
export async function openVariables(
  source: ByteSource,
  { name = "saved_model.pb", ...options }: Pick<LoadWeightsOptions, "name" | "limits" | "verify">,
): Promise<Checkpoint> {
  const { index, ...where } = await variablesOf(source, name);
  return openCheckpoint(index, { ...where, limits: options.limits ?? {}, verify: options.verify ?? false });
}

async function connected(
  model: Model,
  index: ByteSource,
  where: Where,
  options: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  const { limits, verify = false, skipMismatch = false, onUnknown } = options;
  const watch = new Watch(options);
  await watch.at("contents", 0, 1);
  const checkpoint = await openCheckpoint(index, { ...where, limits: limits ?? {}, verify });
  const { skipped } = connectCheckpoint(model, checkpoint, { skipMismatch, onUnknown });
  await watch.at("contents", 1, 1);
  return skipped;
}
