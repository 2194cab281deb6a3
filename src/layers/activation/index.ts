import { Activation } from "./activation.ts";
import { ELU, LeakyReLU, PReLU, ReLU } from "./rectifiers.ts";
import { Softmax } from "./softmax.ts";

export { Activation, ELU, LeakyReLU, PReLU, ReLU, Softmax };

/** The classes of this family, for the registry of built-ins. */
export const activationLayers = [Activation, ELU, LeakyReLU, PReLU, ReLU, Softmax] as const;
