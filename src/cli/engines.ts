import type { Engine } from "../engines/engine.ts";
import { loadEngine as loadBest } from "../engines/load.ts";
import { EngineError } from "../errors.ts";

/** The engine of a name, or the best there is. */
export async function loadEngine(name: "reference" | "onnxruntime" | undefined): Promise<Engine> {
  if (name === undefined) return loadBest();
  if (name === "reference") return (await import("../engines/reference/index.ts")).reference;
  const { findEngine } = await import("../engines/onnxruntime/index.ts");
  const engine = await findEngine();
  if (engine) return engine;
  throw new EngineError(
    "--engine",
    "expected ONNX Runtime to be installed, received nothing. Install it: npm install onnxruntime-node.",
  );
}
