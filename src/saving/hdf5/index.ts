export type { AttributeValue, UnsupportedValue } from "./attributes.ts";
export { checkChunks } from "./check-chunks.ts";
export type { Hdf5Dataset } from "./dataset.ts";
export { ExternalData } from "./external-data.ts";
export { type Hdf5File, type Hdf5Group, type OpenHdf5Options, objectAt, openHdf5 } from "./reader.ts";
export { placeIn } from "./spot.ts";
export type { AttributeInput, Hdf5DatasetInput, Hdf5GroupInput } from "./tree.ts";
