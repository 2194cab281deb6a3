export {
  AWQConfig,
  type AWQConfigOptions,
  Float8QuantizationConfig,
  GPTQConfig,
  type GPTQConfigOptions,
  Int4QuantizationConfig,
  type Int4QuantizationConfigOptions,
  Int8QuantizationConfig,
  type Int8QuantizationConfigOptions,
} from "./configs.ts";
export { AbsMaxQuantizer, type AbsMaxQuantizerOptions } from "./quantizer.ts";
