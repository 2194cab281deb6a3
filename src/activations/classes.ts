import type { RevivableClass } from "../registry/registry.ts";
import { mish, relu } from "./functions.ts";

/** The classes that stand for calls of activations in configs, where they are no ops. */
export const activationClasses: readonly RevivableClass[] = /* @__PURE__ */ collect();

function collect(): RevivableClass[] {
  return [relu.Operation, mish.Operation];
}
