export { type PadOptions, padSequences } from "./pad-sequences.ts";
export { type Packed, packXYSampleWeight, unpackXYSampleWeight } from "./samples.ts";
export { type CategoricalOptions, toCategorical } from "./to-categorical.ts";
