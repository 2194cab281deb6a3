export { Activation } from "./activation.ts";
export { ELU, LeakyReLU, PReLU, ReLU } from "./rectifiers.ts";
export { Softmax } from "./softmax.ts";
