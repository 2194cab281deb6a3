import { exportOnnx, exportOnnxFiles, type FilesOptions, type OnnxFiles } from "../engines/onnx/index.ts";
import { CeratopsError, ModelError } from "../errors.ts";
import { mapNested } from "../graph/nested.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { checkRoom } from "../program/room.ts";
import { Value } from "../program/value.ts";
import { checkProgress, type ProgressOptions } from "../progress.ts";
import type { ModelParts } from "./model-parts.ts";
import { tensorNames, uniqueNames } from "./tensor-names.ts";
import { openInputs, trace } from "./trace.ts";

export interface ExportOptions {
  /** The names of the model's inputs, flat. Defaults to the keys of a dict of inputs, else to those of the InputLayers. */
  readonly inputNames?: readonly string[] | null | undefined;
  /** The names of the outputs, flat. Defaults to the keys of a dict of outputs, else to those of the last layers. */
  readonly outputNames?: readonly string[] | null | undefined;
}

export interface ExportFilesOptions extends ExportOptions, ProgressOptions {
  /** The largest file in bytes that has the weights inside. Defaults to 2^31 − 1: no ONNX file is larger. */
  readonly largest?: number;
}

const optionNames = {
  inputNames: true,
  outputNames: true,
  largest: true,
  onProgress: true,
  signal: true,
} as const;

/**
 * A model as the bytes of an ONNX file (opset 21): what `predict` computes, for any number of samples. Weights that
 * are still in a file are read first. A model that changes variables when it is called, such as a stateful LSTM, has no
 * such file: it would begin anew at each run.
 */
export async function exportModel(model: ModelParts, options: ExportOptions = {}): Promise<Uint8Array> {
  checkOptions("export", options, { inputNames: true, outputNames: true }, ModelError);
  const { program, names } = prepare(model, options);
  await Promise.all([...program.variables.values()].map((variable) => variable.load()));
  return exportOnnx(program, names);
}

/** The same as files: the weights of a large model are beside it, and `how` says how they are read. */
export async function exportModelFiles(
  model: ModelParts,
  options: ExportFilesOptions = {},
  how: Pick<FilesOptions, "piecesOf" | "largeWeight"> = {},
): Promise<OnnxFiles> {
  checkOptions("export", options, optionNames, ModelError);
  checkProgress(options);
  const { largest, onProgress, signal } = options;
  if (largest !== undefined && !(Number.isInteger(largest) && largest >= 0)) {
    throw new ModelError("export.largest", `expected a number of bytes, received ${inspect(largest)}.`);
  }
  const { program, names } = prepare(model, options);
  return exportOnnxFiles(program, { ...names, ...how, largest, onProgress, signal });
}

function prepare(model: ModelParts, options: ExportOptions) {
  for (const key of ["inputNames", "outputNames"] as const) expectNames(key, options[key]);
  const { input, output, inputs, outputs } = model;
  const inputNames = options.inputNames ?? tensorNames(input);
  const outputNames = options.outputNames ?? uniqueNames(tensorNames(output), inputNames);
  checkNames("inputNames", inputNames, inputs.length, []);
  checkNames("outputNames", outputNames, outputs.length, inputNames);
  const { program } = trace(model, openInputs(input), { training: false });
  const changed = [...program.updates.keys()].map(({ path }) => path);
  if (changed.length > 0) {
    throw new ModelError(
      "export",
      `expected a model that changes nothing when it is called, because an ONNX file keeps no state, received one that changes ${inspect(changed)}.`,
    );
  }
  checkRoom(program.variables.values());
  const { name } = model;
  const metadata = { model: name, class_name: model.constructor.className };
  const open = program.outputs.flatMap(({ shape }, i) => (shape[0] === null ? [i] : []));
  const batchOutputs = open.length > 0 ? withRowsOfInputs(model, open) : [];
  return { program, names: { name, inputNames, outputNames, metadata, batchOutputs } };
}

/** A number of samples that no other dimension has by chance. */
const SAMPLES = 23;

/** Those of the outputs with an open number of rows that have a row for each sample. */
function withRowsOfInputs(model: ModelParts, open: readonly number[]): number[] {
  try {
    const inputs = mapNested(
      model.input,
      ({ shape, dtype }) => new Value(shape.length === 0 ? shape : [SAMPLES, ...shape.slice(1)], dtype),
    );
    const { program } = trace(model, inputs, { training: false });
    return open.filter((i) => program.outputs[i]?.shape[0] === SAMPLES);
  } catch (error) {
    if (error instanceof CeratopsError) return []; // it takes other numbers of samples only
    throw error;
  }
}

function expectNames(option: string, names: unknown): void {
  if (names == null || (Array.isArray(names) && names.every((name) => typeof name === "string"))) return;
  throw new ModelError(`export.${option}`, `expected a list of names, received ${inspect(names)}.`);
}

function checkNames(option: string, names: readonly string[], count: number, taken: readonly string[]): void {
  const all = [...taken, ...names];
  if (names.length === count && new Set(all).size === all.length && !names.includes("")) return;
  throw new ModelError(
    `export.${option}`,
    `expected ${count} different ${count === 1 ? "name" : "names"} that no other input or output has, received ${inspect(names)}.`,
  );
}
