import type { AnyTruthFunction } from "../function.ts";
import * as functions from "./index.ts";

/** Keras's loss functions by the names that configs have for them. */
export const lossFunctions = /* @__PURE__ */ Object.fromEntries(
  Object.values(functions).map((fn) => [fn.name, fn]),
) as Readonly<Record<string, AnyTruthFunction>>;
