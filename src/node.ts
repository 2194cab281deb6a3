export { type Conversion, type ConvertOptions, convert } from "./convert.ts";
export * from "./node-files.ts";
