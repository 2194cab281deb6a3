export {
  type Conversion,
  type ConversionChange,
  type ConversionKind,
  type ConversionTarget,
  type ConvertOptions,
  convert,
} from "./convert.ts";
export * from "./node-files.ts";
