import { checkOptions } from "../../json/check-options.ts";
import type { Program } from "../../program/primitives.ts";
import { checkProgress } from "../../progress.ts";
import { checkProgram } from "../check-program.ts";
import { checkExport, type FilesOptions, optionNames } from "./check-export.ts";
import { toGraph } from "./graph.ts";
import { modelMessage, sizeLimit, writeModel } from "./model.ts";
import { Weights } from "./weights.ts";
import { WeightsFile } from "./weights-file.ts";

/**
 * A model, and the file beside it where it has one: bytes in pieces, as often as they are asked for. Who takes a piece has done
 * with it when they ask for the next but one.
 */
export interface OnnxFiles {
  /** What the file for the weights holds; null where the model has them. */
  readonly weights: AsyncIterable<Uint8Array> | null;
  /** The model, which finds its weights in a file of this name beside it, where it has one. */
  model(weightsFile: string): AsyncIterable<Uint8Array>;
}

/**
 * A Program as an ONNX model (opset 21), or where that were larger than 2 GB, as a model and a file for its weights (ONNX's
 * external data). Large weights are read as they are asked for, one after the other. The same program with the same
 * numbers gives the same bytes, wherever the numbers are.
 */
export async function exportOnnxFiles(program: Program, options: FilesOptions = {}): Promise<OnnxFiles> {
  checkProgram("exportOnnxFiles", program);
  checkOptions("exportOnnxFiles", options, {
    ...optionNames,
    largest: true,
    largeWeight: true,
    piecesOf: true,
    onProgress: true,
    signal: true,
  });
  checkExport("exportOnnxFiles", program, options);
  checkProgress(options);
  const { largest = sizeLimit } = options;
  const weights = new Weights(program, options);
  await weights.loadSmall();
  const { graph } = toGraph(program, { batch: "batch", ...options }, weights.asLarge());
  const model = modelMessage(graph, options);
  if (model.size <= largest) return { weights: null, model: () => model.pieces() };
  const file = new WeightsFile(graph.initializers);
  return {
    weights: file,
    model: (name) => writeModel(graph, { ...options, weights: { name, file } }).pieces(),
  };
}
