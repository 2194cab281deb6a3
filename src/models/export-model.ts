import { exportOnnx } from "../engines/onnx/index.ts";
import { ModelError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import type { ModelParts } from "./model-parts.ts";
import { tensorNames, uniqueNames } from "./tensor-names.ts";
import { openInputs, trace } from "./trace.ts";

export interface ExportOptions {
  /** The names of the model's inputs, flat. Defaults to the keys of a dict of inputs, else to those of the InputLayers. */
  readonly inputNames?: readonly string[] | null | undefined;
  /** The names of the outputs, flat. Defaults to the keys of a dict of outputs, else to those of the last layers. */
  readonly outputNames?: readonly string[] | null | undefined;
}

/**
 * A model as the bytes of an ONNX file (opset 21): what `predict` computes, for any number of samples. Weights that
 * are still in a file are read first. A model that changes variables when it is called, such as a stateful LSTM, has no
 * such file: it would begin anew at each run.
 */
export async function exportModel(model: ModelParts, options: ExportOptions = {}): Promise<Uint8Array> {
  checkOptions("export", options, { inputNames: true, outputNames: true }, ModelError);
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
  await Promise.all([...program.variables.values()].map((variable) => variable.load()));
  return exportOnnx(program, { name: model.name, inputNames, outputNames });
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
