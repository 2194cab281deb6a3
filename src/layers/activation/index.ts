export { Activation, type ActivationOptions } from "./activation.ts";
export {
  ELU,
  type ELUOptions,
  LeakyReLU,
  type LeakyReLUOptions,
  PReLU,
  type PReLUOptions,
  ReLU,
  type ReLUOptions,
} from "./rectifiers.ts";
export { Softmax, type SoftmaxOptions } from "./softmax.ts";
