export type { Activation } from "./activation.ts";
export { type ActivationLike, activation, getActivation } from "./field.ts";
export * from "./functions.ts";
export type { ActivationName } from "./table.ts";
