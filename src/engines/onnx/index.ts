import { EngineError } from "../../errors.ts";
import { checkOptions } from "../../json/check-options.ts";
import { inspect } from "../../json/inspect.ts";
import type { Program } from "../../program/primitives.ts";
import { checkProgram } from "../check-program.ts";
import { checkExport, type ExportOptions, type FilesOptions } from "./check-export.ts";
import { toGraph } from "./graph.ts";
import { sizeLimit, writeModel } from "./model.ts";
import { type NameOfWeights, WeightsFile } from "./weights-file.ts";

export type { ExportOptions, FilesOptions, NameOfWeights };

/** A model, and the file beside it where it has one. */
export interface OnnxFiles {
  readonly model: Uint8Array;
  /** What the file for the weights holds, in pieces, as often as it is asked for; null where the model has them. */
  readonly weights: Iterable<Uint8Array> | null;
}

const optionNames = {
  name: true,
  inputNames: true,
  outputNames: true,
  batch: true,
  batchOutputs: true,
  variables: true,
  metadata: true,
} as const;

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

/**
 * The same as files, which may be larger than 2 GB: then the weights are beside the model (ONNX's external data). They
 * are given one after the other and are not copied.
 */
export function exportOnnxFiles(program: Program, options: FilesOptions): OnnxFiles {
  checkProgram("exportOnnxFiles", program);
  checkOptions("exportOnnxFiles", options, { ...optionNames, weightsFile: true, largest: true });
  checkExport("exportOnnxFiles", program, options);
  const { weightsFile } = options;
  const largest = options.largest ?? sizeLimit;
  const { graph } = toGraph(program, { batch: "batch", ...options });
  const inside = [...graph.initializers.values()].reduce((size, { data }) => size + data.byteLength, 0);
  if (inside < largest) {
    const model = writeModel(graph, options);
    if (model.size <= largest) return { model: model.finish(), weights: null };
  }
  if (weightsFile == null)
    throw new EngineError(
      "exportOnnxFiles",
      `expected weightsFile for the weights of a large model, received ${inspect(weightsFile)}.`,
    );
  const weights = new WeightsFile(weightsFile, graph.initializers);
  return { model: writeModel(graph, { ...options, weights }).finish(), weights };
}
