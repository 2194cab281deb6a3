export { type PadOptions, padSequences } from "./pad-sequences.ts";
export { type Packed, packXYSampleWeight, unpackXYSampleWeight } from "./samples.ts";
export { type Samples, type SplitOptions, splitDataset } from "./split-dataset.ts";
export { type TimeseriesOptions, timeseriesDatasetFromArray } from "./timeseries.ts";
export { type CategoricalOptions, toCategorical } from "./to-categorical.ts";
