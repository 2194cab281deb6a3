import { isDict } from "../../dialects/change.ts";
import { FileError, type Issue } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { parseWithin } from "../../json/parse.ts";
import type { Model } from "../../models/model.ts";
import { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { checkChunks, openHdf5 } from "../hdf5/index.ts";
import { interruptible } from "../interruptible.ts";
import type { LoadWeightsOptions } from "../load-options.ts";
import { connectWeights } from "../read-weights.ts";
import { openBeside } from "../siblings.ts";
import { mergedFile } from "./merged.ts";

/** More files than any model was ever cut into. */
const mostShards = 4096;
/** Many times what the index of a large model takes. */
const mostIndexBytes = 2 ** 26;

/**
 * Gives a model the weights that an index of JSON says where to find: those of Keras in several files
 * (`model.weights.json`), or those of a layers model of TensorFlow.js. Source: Keras 3.15 `saving/saving_lib.py`, `ShardedH5IOStore`.
 */
export async function readJsonWeights(
  model: Model,
  source: ByteSource,
  options: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  const { name = "weights.json", limits, signal } = options;
  const index = source.size <= mostIndexBytes ? await readIndex(source, name, options) : null;
  if (!index) {
    const { readTfjsWeights } = await import("../tfjs/read-model.ts");
    return readTfjsWeights(model, source, options);
  }
  return interruptible(source, signal, async (open) => {
    const names = shardsIn(index, name);
    const files = [];
    for (const [shard, at] of names) {
      const part = await openBeside(open, shard, at);
      const file = await openHdf5(part, { name: shard, budget: new Budget(part.size, limits ?? {}) });
      if (options.verify) await checkChunks(file);
      files.push(file);
    }
    const { skipMismatch = false, onUnknown } = options;
    return connectWeights(model, mergedFile(files), { name, skipMismatch, onUnknown });
  });
}

/** Where the index says that each group is; null for JSON of another kind. */
async function readIndex(
  source: ByteSource,
  name: string,
  { limits }: LoadWeightsOptions,
): Promise<JsonObject | null> {
  const text = new TextDecoder().decode(await source.read(0, source.size));
  const value = parseWithin(text, name, new Budget(source.size, limits ?? {}).jsonValues);
  if (!isDict(value) || value.weight_map === undefined) return null;
  if (isDict(value.weight_map)) return value.weight_map;
  throw new FileError(
    `${name}: weight_map`,
    `expected the files of groups by their paths, received ${inspect(value.weight_map)}.`,
  );
}

/** The files that it names, each once, with the first place that names it. */
function shardsIn(index: JsonObject, name: string): ReadonlyMap<string, string> {
  const shards = new Map<string, string>();
  for (const [path, named] of Object.entries(index)) {
    const at = `${name}: weight_map${path}`;
    for (const shard of Array.isArray(named) ? named : [named]) {
      if (typeof shard !== "string")
        throw new FileError(at, `expected the name of a file, received ${inspect(shard)}.`);
      if (!shards.has(shard)) shards.set(shard, at);
      if (shards.size > mostShards)
        throw new FileError(at, `expected at most ${mostShards} files, received more.`);
    }
  }
  return shards;
}
