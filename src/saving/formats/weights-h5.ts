import { FileError, type Issue } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import type { Model } from "../../models/model.ts";
import { type ProgressOptions, Watch } from "../../progress.ts";
import { Budget, type Limits } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { hdf5 } from "../file-kind.ts";
import { checkChunks, type Hdf5File, openHdf5 } from "../hdf5/index.ts";
import { interruptible } from "../interruptible.ts";
import { connectWeights } from "../read-weights.ts";
import type { Format } from "./format.ts";

/** The weights of a model, as Keras 3 keeps them. */
export const weightsH5: Format = { extensions: [".weights.h5"], kind: hdf5 };

export interface LoadWeightsOptions extends ProgressOptions {
  /** Leave the layers that do not fit as they are, instead of failing. */
  readonly skipMismatch?: boolean | undefined;
  /** Gets to know of weights that are in a list in a list, which older versions of Keras do not save. Defaults to nobody. */
  readonly onUnknown?: ((issue: Issue) => void) | null | undefined;
  /**
   * Read the whole file and compare all its checksums first: the CRC-32 of the weights in a `.keras` file, and the sums
   * that HDF5 has of compressed and checked chunks; a `.weights.h5` file that Keras wrote has none. Defaults to false.
   */
  readonly verify?: boolean | undefined;
  /** What errors call the file. */
  readonly name?: string | undefined;
  /** What the file may ask for until it is refused. Each limit has a default that no honest file meets. */
  readonly limits?: Limits | null | undefined;
}

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
    checkKind(file, name);
    if (verify) await checkChunks(file);
    return connectWeights(model, file, { name, skipMismatch, onUnknown });
  });
}

/** Files of whole models and weights by layer names, as Keras 2 wrote them, are of another kind. */
function checkKind({ root }: Hdf5File, name: string): void {
  const old = ["model_config", "layer_names"].find((attribute) => root.attributes.has(attribute));
  if (!old) return;
  throw new FileError(
    name,
    `expected a .weights.h5 file of Keras 3, received a legacy HDF5 file (it has the attribute ${quote(old)}).`,
  );
}
