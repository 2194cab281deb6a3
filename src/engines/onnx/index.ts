import { checkOptions } from "../../json/check-options.ts";
import type { Program } from "../../program/primitives.ts";
import { checkProgram } from "../check-program.ts";
import { type GraphOptions, toGraph } from "./graph.ts";
import { writeModel } from "./model.ts";

export type { GraphOptions as ExportOptions } from "./graph.ts";

/**
 * A Program as the bytes of an ONNX model (opset 21). Unknown dimensions stay open, so one model takes any batch
 * size; the inputs of a model have one batch size. bfloat16 inputs and outputs are float32 in the model.
 */
export function exportOnnx(program: Program, options: GraphOptions = {}): Uint8Array {
  checkProgram("exportOnnx", program);
  checkOptions("exportOnnx", options, {
    name: true,
    inputNames: true,
    outputNames: true,
    batch: true,
    variables: true,
  });
  return writeModel(toGraph(program, { batch: "batch", ...options }).graph).finish();
}
