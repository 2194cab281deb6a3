export { Normalization } from "./normalization.ts";
export { Rescaling } from "./rescaling.ts";
