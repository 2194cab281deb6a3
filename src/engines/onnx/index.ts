import type { Program } from "../../program/primitives.ts";
import { type GraphOptions, toGraph } from "./graph.ts";
import { writeModel } from "./model.ts";

export type { GraphOptions as ExportOptions } from "./graph.ts";

/**
 * A Program as the bytes of an ONNX model (opset 21). Unknown dimensions stay open, so one model takes any batch
 * size; the inputs of a model have one batch size. bfloat16 inputs and outputs are float32 in the model.
 */
export function exportOnnx(program: Program, options: GraphOptions = {}): Uint8Array {
  return writeModel(toGraph(program, { batch: "batch", ...options }).graph).finish();
}
