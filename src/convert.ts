import { FileError, type Issue } from "./errors.ts";
import { aFlag, checkOption, checkOptions, type OptionKind } from "./json/check-options.ts";
import { inspect } from "./json/inspect.ts";
import { quote } from "./json/quote.ts";
import type { Model } from "./models/model.ts";
import { exportOnnx, loadModel, type NodeInput, saveModel, saveWeights } from "./node-files.ts";
import type { PlatformUrl } from "./platform.ts";
import type { ProgressOptions } from "./progress.ts";
import type { CustomObjects, Registry } from "./registry/registry.ts";
import type { Limits } from "./saving/budget.ts";
import { pathOf } from "./saving/node/input.ts";
import { writeFileAtomic } from "./saving/node/write-file.ts";

/** What {@link convert} takes beside source and target. */
export interface ConvertOptions extends ProgressOptions {
  /**
   * What is written: `"keras"` and `"h5"` are models, `"tfjs"` a layers model of TensorFlow.js, `"weights"` weights alone,
   * `"json"` the config as text, `"onnx"` what `predict` computes. The target's ending says it, too, and has to agree.
   */
  readonly to?: ConversionTarget | null | undefined;
  /** The version of Keras to write for, such as `"3.6"` or `"2.9"`. Defaults to what `saveModel` takes. */
  readonly keras?: string | null | undefined;
  /** In how few bits the weights of a model for TensorFlow.js are written. Defaults to float32. */
  readonly quantizeWeights?: "float16" | "uint8" | "uint16" | null | undefined;
  /** Whether how the model was compiled is kept. Defaults to true. */
  readonly compile?: boolean | undefined;
  /** The classes and functions a file may name. Defaults to everything of Keras that this package has. */
  readonly registry?: Registry | null | undefined;
  /** Your own classes and functions, by name. */
  readonly customObjects?: CustomObjects | null | undefined;
  /** Keep what is not known, and report it, instead of failing. Defaults to false. */
  readonly keepUnknown?: boolean | undefined;
  /** What the file may ask for until it is refused. */
  readonly limits?: Limits | null | undefined;
}

export type ConversionTarget = "keras" | "h5" | "tfjs" | "weights" | "json" | "onnx";

/** What {@link convert} did. */
export interface Conversion {
  /** The path that was written. */
  readonly target: string;
  readonly to: ConversionTarget;
  /** The model's class and name. */
  readonly model: { readonly class_name: string; readonly name: string; readonly layers: number };
  readonly parameters: number;
  /** What was not known, and what did not come along. */
  readonly issues: readonly Issue[];
}

/** How paths end with what, the longest ending first. */
const endings: readonly (readonly [RegExp, ConversionTarget])[] = [
  [/\.weights\.h5$/, "weights"],
  [/(?:^|[\\/])model\.json$/, "tfjs"],
  [/\.keras$/, "keras"],
  [/\.(?:h5|hdf5)$/, "h5"],
  [/\.json$/, "json"],
  [/\.onnx$/, "onnx"],
];

const targets = endings.map(([, target]) => target);
const aTarget: OptionKind = [
  `one of ${targets.map(quote).join(", ")}`,
  (given) => targets.includes(given as ConversionTarget),
];

const writers: Readonly<
  Record<ConversionTarget, (model: Model, target: string, options: ConvertOptions) => Promise<unknown>>
> = {
  keras: (model, target, { keras, onProgress, signal }) =>
    saveModel(model, target, { keras, onProgress, signal }),
  h5: (model, target, { keras, onProgress, signal }) =>
    saveModel(model, target, { keras, onProgress, signal }),
  tfjs: (model, target, { quantizeWeights, onProgress, signal }) =>
    saveModel(model, target, { quantizeWeights, onProgress, signal }),
  weights: (model, target, { onProgress, signal }) => saveWeights(model, target, { onProgress, signal }),
  json: (model, target, { keras }) => writeFileAtomic(target, textBytes(model.toJson({ keras }))),
  onnx: (model, target) => exportOnnx(model, target),
};

/**
 * Reads a model of any format that `loadModel` knows, whichever Keras wrote it, and writes it as another: a weight at a
 * time, so that a file of gigabytes needs little memory. Nothing is written where something of the model cannot be said
 * in the new format: the error names every layer, key and value.
 *
 * @example
 * import { convert } from "ceratops/node";
 *
 * await convert("model.keras", "model.h5", { keras: "2.9" });
 */
export async function convert(
  source: NodeInput,
  target: string | PlatformUrl,
  options: ConvertOptions = {},
): Promise<Conversion> {
  checkConvertOptions(options);
  const path = pathOf(target);
  if (path === null)
    throw new FileError("convert", `expected a path to write to, received ${inspect(target)}.`);
  const to = endings.find(([ending]) => ending.test(path))?.[1];
  if (!to || (options.to ?? to) !== to) {
    const wanted = options.to ? `of a file of kind ${inspect(options.to)}` : "that says what to write";
    const known =
      "model.json is for TensorFlow.js, .keras, .h5, .weights.h5, .onnx and any other .json are what they say";
    throw new FileError(path, `expected the path ${wanted}, received another one: ${known}.`);
  }
  const issues: Issue[] = [];
  const { registry, customObjects, compile, limits, onProgress, signal, keepUnknown = false } = options;
  const model = await loadModel(source, {
    registry,
    customObjects,
    compile,
    limits,
    onProgress,
    signal,
    onUnknown: keepUnknown ? (issue) => issues.push(issue) : undefined,
  });
  try {
    await writers[to](model, path, options);
    const { name, layers } = model;
    return {
      target: path,
      to,
      model: { class_name: model.constructor.className, name, layers: layers.length },
      parameters: model.countParams(),
      issues,
    };
  } finally {
    model.dispose();
  }
}

function checkConvertOptions(options: ConvertOptions): void {
  checkOptions("convert", options, {
    to: true,
    keras: true,
    quantizeWeights: true,
    compile: true,
    registry: true,
    customObjects: true,
    keepUnknown: true,
    limits: true,
    onProgress: true,
    signal: true,
  });
  checkOption("convert", options, "keepUnknown", aFlag);
  checkOption("convert", options, "to", aTarget);
}

function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
