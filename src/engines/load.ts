import { type Once, once } from "../once.ts";
import type { Engine, Executable, HeldExecutable, StatefulEngine } from "./engine.ts";

export type { Engine, Executable, HeldExecutable, StatefulEngine };

/**
 * The best engine there is: ONNX Runtime where it is installed, else the reference engine. Loaded when first needed, and
 * the same one ever after, so that what it compiled for a model is found again.
 */
export const loadEngine: Once<StatefulEngine> = /* @__PURE__ */ once(async () => {
  const { findEngine } = await import("./onnxruntime/index.ts");
  return (await findEngine()) ?? (await import("./reference/index.ts")).reference;
});
