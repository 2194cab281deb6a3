export { type CheckedLayer, type CheckOptions, checkLayer } from "./check-layer.ts";
export type { SampleInputs } from "./samples.ts";
