import { checkOptions } from "../../json/check-options.ts";
import type { Program } from "../../program/primitives.ts";
import { checkProgram } from "../check-program.ts";
import { checkExport, type ExportOptions, type FilesOptions, optionNames } from "./check-export.ts";
import { exportOnnxFiles, type OnnxFiles } from "./files.ts";
import { toGraph } from "./graph.ts";
import { writeModel } from "./model.ts";

export { type ExportOptions, exportOnnxFiles, type FilesOptions, type OnnxFiles };

/**
 * A Program as the bytes of an ONNX model (opset 21). Unknown dimensions stay open, so one model takes any batch
 * size; the inputs of a model have one batch size. bfloat16 inputs and outputs are float32 in the model.
 */
export function exportOnnx(program: Program, options: ExportOptions = {}): Uint8Array {
  checkProgram("exportOnnx", program);
  checkOptions("exportOnnx", options, optionNames);
  checkExport("exportOnnx", program, options);
  return writeModel(toGraph(program, { batch: "batch", ...options }).graph, options).finish();
}
