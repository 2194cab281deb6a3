import { CeratopsError } from "../../errors.ts";
import { type Budget, OverLimit } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { hdf5 } from "../file-kind.ts";
import { type Hdf5Group, openHdf5 } from "../hdf5/index.ts";
import { weightsGroup } from "../hdf5-model/weights-group.ts";
import { type Foreign, plain } from "./foreign-kind.ts";

/** What an HDF5 file is that cannot be read. */
export const brokenHdf5: Foreign = {
  format: "hdf5",
  what: "a broken HDF5 file",
  help: "It may be cut, or not downloaded whole.",
};

/** What an HDF5 file holds: a whole model of Keras 1, 2 or 3, or weights. */
export async function foreignHdf5(source: ByteSource, budget: Budget): Promise<Foreign> {
  try {
    return hdf5Kind((await openHdf5(source, { name: "file", budget })).root);
  } catch (error) {
    if (!(error instanceof CeratopsError) || error instanceof OverLimit) throw error;
    return brokenHdf5;
  }
}

/** The same of a file that is open. */
export function hdf5Kind(root: Hdf5Group): Foreign {
  const { attributes, children } = root;
  if (attributes.has("model_config")) return wholeModel(attributes.get("keras_version"));
  if (weightsGroup(root)) {
    return {
      format: "hdf5",
      what: "the weights of a model of Keras 2 or older, without the model",
      help: "Make the model, and call loadWeights with it and this file.",
    };
  }
  const isKeras3 = ["layers", "_layer_checkpoint_dependencies", "vars"].some((key) => children.has(key));
  if (!isKeras3) return { format: "hdf5", what: hdf5.name, help: "It holds no model of Keras." };
  return {
    format: "weights-h5",
    what: "the weights of a model, without the model (.weights.h5)",
    help: "Make the model, and call loadWeights with it and this file; ceratops weights lists what it holds.",
  };
}

function wholeModel(attribute: unknown): Foreign {
  const version = typeof attribute === "string" && attribute !== "" ? plain(attribute) : "1";
  return {
    format: "hdf5",
    what: `a whole model of Keras ${version} in HDF5`,
    help: "loadModel opens it, and saveModel writes it as .keras.",
  };
}
