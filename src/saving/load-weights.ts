import { FileError, type Issue } from "../errors.ts";
import type { Model } from "../models/model.ts";
import { openArchive } from "./archive.ts";
import type { ByteSource } from "./byte-source.ts";
import { type Hdf5File, openHdf5 } from "./hdf5/index.ts";
import { openWeights, weightsName } from "./load-model.ts";
import { connectWeights } from "./read-weights.ts";
import { type SourceInput, toSource } from "./sources.ts";

export interface LoadWeightsOptions {
  /** Leave the layers that do not fit as they are, instead of failing. */
  readonly skipMismatch?: boolean;
  /** What errors call the file. */
  readonly name?: string;
}

/**
 * Gives a model the weights of a `.keras` or `.weights.h5` file, each read when first needed. The model's layers must
 * be those of the file; their dtypes may differ. Gives what was skipped: nothing without `skipMismatch`.
 */
export async function loadWeights(
  model: Model,
  input: SourceInput,
  options: LoadWeightsOptions = {},
): Promise<readonly Issue[]> {
  const { skipMismatch = false } = options;
  const source = await toSource(input);
  if (!(await isHdf5(source))) {
    const name = options.name ?? "archive";
    const file = await openWeights(await openArchive(source, name), name);
    return connectWeights(model, file, { name: weightsName, skipMismatch });
  }
  const name = options.name ?? "weights.h5";
  const file = await openHdf5(source, { name });
  checkKind(file, name);
  return connectWeights(model, file, { name, skipMismatch });
}

const magic = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

async function isHdf5(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, Math.min(source.size, magic.length));
  return magic.every((byte, i) => start[i] === byte);
}

/** Files of whole models and weights by layer names, as Keras 2 wrote them, are of another kind. */
function checkKind({ root }: Hdf5File, name: string): void {
  const old = ["model_config", "layer_names"].find((attribute) => root.attributes.has(attribute));
  if (!old) return;
  throw new FileError(
    name,
    `expected a .weights.h5 file of Keras 3, received a legacy HDF5 file (it has the attribute "${old}").`,
  );
}
