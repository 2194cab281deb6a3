export { Concatenate, type ConcatenateOptions } from "./concatenate.ts";
export { Dot, type DotOptions } from "./dot.ts";
export {
  Add,
  type AddOptions,
  Average,
  type AverageOptions,
  Maximum,
  type MaximumOptions,
  Minimum,
  type MinimumOptions,
  Multiply,
  type MultiplyOptions,
  Subtract,
  type SubtractOptions,
} from "./elementwise.ts";
export * from "./functions.ts";
