import { hdf5 } from "../file-kind.ts";
import type { Format } from "./format.ts";

/** A whole model, or its weights by layer, as Keras 1 and 2 wrote them, and Keras 3 still does. */
export const modelH5: Format = { extensions: [".h5", ".hdf5"], kind: hdf5 };
