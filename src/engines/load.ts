import type { Engine, Executable } from "./engine.ts";

export type { Engine, Executable };

/** The best engine there is: ONNX Runtime where it is installed, else the reference engine. Loaded when first needed. */
export async function loadEngine(): Promise<Engine> {
  const { findEngine } = await import("./onnxruntime/index.ts");
  return (await findEngine()) ?? (await import("./reference/index.ts")).reference;
}
