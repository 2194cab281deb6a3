import { EngineError } from "../../errors.ts";
import { aText, checkOption, isCallback, type OptionKind } from "../../json/check-options.ts";
import { inspect, isPlain } from "../../json/inspect.ts";
import { aCount, texts } from "../../json/option-kinds.ts";
import type { Program } from "../../program/primitives.ts";
import type { Variable } from "../../program/variable.ts";
import type { ProgressOptions } from "../../progress.ts";
import type { GraphOptions } from "./graph.ts";
import { isHosted } from "./lower/is-hosted.ts";
import type { ModelOptions } from "./model.ts";

export interface ExportOptions extends GraphOptions, Pick<ModelOptions, "metadata"> {}

export interface FilesOptions extends ExportOptions, ProgressOptions {
  /** The largest model in bytes that has its weights inside. Defaults to 2^31 − 1, beyond which there is no such file. */
  readonly largest?: number | undefined;
  /** From how many bytes on a weight is read no sooner than it is written. Defaults to 2^20. */
  readonly largeWeight?: number | undefined;
  /**
   * The bytes of such a weight, little-endian, in pieces of whole elements. Defaults to those of its value, which stays in
   * memory then.
   */
  readonly piecesOf?: ((variable: Variable) => AsyncIterable<Uint8Array>) | undefined;
}

/** The names of what an export takes. */
export const optionNames = {
  name: true,
  inputNames: true,
  outputNames: true,
  batch: true,
  batchOutputs: true,
  variables: true,
  metadata: true,
} as const;

type Kinds = Required<Omit<FilesOptions, keyof ProgressOptions>>;

const kinds: { readonly [K in keyof Kinds]: OptionKind } = {
  name: aText,
  batch: aText,
  inputNames: texts,
  outputNames: texts,
  batchOutputs: [
    "a list of places of outputs",
    (given) => Array.isArray(given) && given.every((place) => Number.isInteger(place)),
  ],
  variables: [
    '"constants", "inputs" or "updated inputs"',
    (given) => given === "constants" || given === "inputs" || given === "updated inputs",
  ],
  metadata: [
    "a record of strings",
    (given) => isPlain(given) && Object.values(given).every((value) => typeof value === "string"),
  ],
  largest: aCount,
  largeWeight: aCount,
  piecesOf: ["a function", isCallback],
};

/** Complains about options of an export that are not what they should be. */
export function checkExport(where: string, program: Program, options: Partial<FilesOptions>): void {
  const hosted = program.instructions.find(isHosted);
  if (hosted) {
    const isText = hosted.inputs.some(({ dtype }) => dtype === "string") ? " of texts" : "";
    throw new EngineError(
      where,
      `expected what ONNX has operators for, received ${hosted.primitive}${isText}, which runs in the reference engine. Export a model of the layers behind it.`,
    );
  }
  for (const name of Object.keys(kinds) as (keyof Kinds)[])
    checkOption(where, options, name, kinds[name], EngineError);
  for (const [name, values] of [
    ["inputNames", program.inputs],
    ["outputNames", program.outputs],
  ] as const) {
    const given = options[name];
    if (given == null || given.length === values.length) continue;
    throw new EngineError(
      where,
      `expected ${name} to have ${values.length} names, received ${inspect(given)}.`,
    );
  }
}
