import type { Issue } from "../../errors.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { hdf5 } from "../file-kind.ts";
import { checkChunks, openHdf5 } from "../hdf5/index.ts";
import { weightsGroup } from "../hdf5-model/weights-group.ts";
import { interruptible } from "../interruptible.ts";
import { type LoadWeightsOptions, refuseByName } from "../load-options.ts";
import { connectWeights } from "../read-weights.ts";
import type { Format } from "./format.ts";

/** The weights of a model, as Keras 3 keeps them. */
export const weightsH5: Format = { extensions: [".weights.h5"], kind: hdf5 };

/** The same in several files, and an index of them. */
export const shardedWeights: Format = { extensions: [".weights.json"], kind: null };

/** Gives a model the weights of a `.weights.h5` file. */
export async function readWeightsH5(
  model: Model,
  source: ByteSource,
  options: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  const { name = "weights.h5", skipMismatch = false, verify = false, onUnknown, limits, signal } = options;
  const watch = new Watch(options);
  return interruptible(source, signal, async (open) => {
    await watch.at("contents", 0, 1);
    const onObject = (done: number, known: number) => watch.at("contents", done, known);
    const file = await openHdf5(open, { name, onObject, budget: new Budget(open.size, limits ?? {}) });
    if (verify) await checkChunks(file);
    if (file.root.attributes.has("model_config") || weightsGroup(file.root)) {
      const { readHdf5Weights } = await import("../hdf5-model/read-model.ts");
      return readHdf5Weights(model, file, options);
    }
    refuseByName({ ...options, name });
    return connectWeights(model, file, { name, skipMismatch, onUnknown });
  });
}
