import { Normalization } from "./normalization.ts";
import { Rescaling } from "./rescaling.ts";

export { Normalization, Rescaling };

/** The classes of this family, for the registry of built-ins. */
export const preprocessingLayers = [Normalization, Rescaling] as const;
