import { type ConversionChange, changesBetween } from "./conversion/changes.ts";
import { ConversionProgress } from "./conversion/progress.ts";
import { isNew, lostBy, sourceName, versionOf, writtenAt } from "./conversion/sides.ts";
import {
  type Asked,
  type ConversionKind,
  type ConversionTarget,
  isTarget,
  type Target,
  targetNames,
  targetOf,
} from "./conversion/target.ts";
import { type DropOptions, whatToDrop } from "./dialects/dropping.ts";
import { formatDialect } from "./dialects/version.ts";
import { FileError, type Issue } from "./errors.ts";
import { withDialect } from "./fields/writing.ts";
import { checkOption, checkOptions, type OptionKind } from "./json/check-options.ts";
import { inspect } from "./json/inspect.ts";
import { aFlag } from "./json/option-kinds.ts";
import { holdOpen } from "./models/held-open.ts";
import type { Model } from "./models/model.ts";
import { textOf } from "./models/text-of.ts";
import { exportOnnx, type NodeInput, saveModel, saveWeights } from "./node-files.ts";
import type { PlatformUrl } from "./platform.ts";
import { checkProgress, type ProgressOptions } from "./progress.ts";
import type { CustomObjects, Registry } from "./registry/registry.ts";
import { serializeObject } from "./registry/serialize.ts";
import type { Limits } from "./saving/budget.ts";
import { modelReaders } from "./saving/formats/index.ts";
import { checkLoadOptions } from "./saving/load-options.ts";
import { pathOf } from "./saving/node/input.ts";
import { holdingOf, readInput } from "./saving/node/opening.ts";
import { writeFileAtomic } from "./saving/node/write-file.ts";

export type { ConversionChange, ConversionKind, ConversionTarget };

/** What {@link convert} takes beside source and target. */
export interface ConvertOptions extends ProgressOptions {
  /**
   * What is written: `"keras"` and `"h5"` are models, `"tfjs"` a layers model of TensorFlow.js, `"weights"` weights alone,
   * `"json"` the config as text, `"onnx"` what `predict` computes. `"keras-3.6"` or `"keras-2.9"` is whatever the path ends
   * as, for that version. The target's ending says what it is, too, and has to agree.
   */
  readonly to?: ConversionTarget | null | undefined;
  /** The version of Keras to write for, such as `"3.6"` or `"2.9"`. Defaults to what `saveModel` takes. */
  readonly keras?: string | null | undefined;
  /** In how few bits the weights of a model for TensorFlow.js are written. Defaults to float32. */
  readonly quantizeWeights?: "float16" | "uint8" | "uint16" | null | undefined;
  /**
   * Whether what that version of Keras does not have is written out with what it has, as `unfold` does, instead of being
   * refused. Defaults to false.
   */
  readonly unfold?: boolean | undefined;
  /**
   * `"optional"` leaves out what that version, or TensorFlow.js, has no word for where it changes neither what the model
   * computes nor which weights it has, and tells of it in `issues`: seeds, penalties, constraints and initializers, losses and
   * metrics, options of the optimizer. Defaults to none: one error names every layer, key and value.
   */
  readonly drop?: "optional" | null | undefined;
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
  /** Told how far all of it has come, `done` of `total` parts: reading the model is the first twentieth. */
  readonly onProgress?: ProgressOptions["onProgress"];
}

/** What {@link convert} did. */
export interface Conversion {
  /** What was read: its format, and the version of Keras that the file names; null where it names none. */
  readonly from: { readonly format: string; readonly keras: string | null };
  /** What was written: its format, and the version of Keras it is for; null where there is none. */
  readonly to: { readonly format: ConversionKind; readonly keras: string | null };
  /** The path that was written; of several files the main one. */
  readonly target: string;
  /** The model's class and name. */
  readonly model: { readonly class_name: string; readonly name: string; readonly layers: number };
  readonly parameters: number;
  /**
   * What the config says otherwise than it did: classes, names and keys, layer by layer. How an object's envelope and a call
   * are written goes with the version, and is not in the list. Empty where no config is written.
   */
  readonly changes: readonly ConversionChange[];
  /** What was written out, layer by layer, and how. */
  readonly unfolded: readonly Issue[];
  /** What was not known, and what did not come along. */
  readonly issues: readonly Issue[];
}

type Write = (model: Model, target: Target, options: ConvertOptions & DropOptions) => Promise<unknown>;

const writeModel: Write = (model, { path, keras }, { drop, onNotice, onProgress, signal }) => {
  const version = keras === null ? null : formatDialect(keras);
  return saveModel(model, path, { keras: version, drop, onNotice, onProgress, signal });
};

const writers: Readonly<Record<ConversionKind, Write>> = {
  keras: writeModel,
  h5: writeModel,
  tfjs: (model, { path }, { quantizeWeights, drop, onNotice, onProgress, signal }) =>
    saveModel(model, path, { quantizeWeights, drop, onNotice, onProgress, signal }),
  weights: (model, { path }, { onProgress, signal }) => saveWeights(model, path, { onProgress, signal }),
  json: async (model, { path, keras }, { drop, onNotice }) => {
    const { sayNewer } = await import("./dialects/say-newer.ts");
    const text = textOf(model, { keras, drop, onNotice }, sayNewer);
    return writeFileAtomic(path, new TextEncoder().encode(text));
  },
  onnx: (model, { path }, { onProgress, signal }) => exportOnnx(model, path, { onProgress, signal }),
};

/**
 * Reads a model of any format that `loadModel` knows, whichever Keras wrote it, and writes it as another: a weight at a
 * time, so that a file of gigabytes needs little memory. A file that is there is replaced once the new one is whole.
 * Nothing is written where something of the model cannot be said in the new format: the error names every layer, key and
 * value, and `drop: "optional"` leaves out what only training needs. Nothing is left behind by a failure, nor where `signal`
 * ends the work.
 *
 * @example
 * import { convert } from "ceratops/node";
 *
 * const { changes } = await convert("model.keras", "model.h5", { keras: "2.9" });
 */
export async function convert(
  source: NodeInput,
  target: string | PlatformUrl,
  options: ConvertOptions = {},
): Promise<Conversion> {
  checkConvertOptions(options);
  const { knowOlderLayers } = await import("./layers/tf-keras/know.ts");
  knowOlderLayers();
  const asked = targetFor(target, options);
  const progress = new ConversionProgress(options);
  const issues: Issue[] = [];
  const { model: original, format } = await read(
    source,
    { ...options, onProgress: progress.reading },
    issues,
  );
  let model = original;
  try {
    const wasNew = isNew(model);
    const before = withDialect(model.dialect, () => serializeObject(model));
    const unfolded: Issue[] = [];
    if (options.unfold) {
      const { writtenOutFor } = await import("./conversion/written-out.ts");
      model = writtenOutFor(asked, original, (notice) => unfolded.push(notice));
    }
    const onNotice = (issue: Issue) => issues.push(issue);
    await writers[asked.kind](model, asked, { ...options, onNotice, onProgress: progress.writing });
    const written = await writtenAt(asked, model, options.limits);
    progress.end();
    const { name, layers } = model;
    return {
      from: { format, keras: versionOf(original) },
      to: { format: asked.kind, keras: written.keras },
      target: asked.path,
      model: { class_name: model.constructor.className, name, layers: layers.length },
      parameters: model.countParams(),
      changes: written.config ? changesBetween(before, written.config) : [],
      unfolded,
      issues: [...issues, ...lostBy(asked, original, wasNew, model)],
    };
  } finally {
    if (model !== original) await model.dispose();
    await original.dispose();
  }
}

async function read(
  source: NodeInput,
  options: ConvertOptions,
  issues: Issue[],
): Promise<{ model: Model; format: string }> {
  const { registry, customObjects, compile, limits, onProgress, signal, keepUnknown = false } = options;
  const onNotice = (issue: Issue) => issues.push(issue);
  const onUnknown = keepUnknown ? onNotice : undefined;
  const own = { registry, customObjects, compile, limits, onProgress, signal, onUnknown };
  checkLoadOptions("convert", own);
  return readInput(modelReaders, source, signal, async ({ run, format }, { source: open, name, close }) => {
    const model = await run(open, { ...own, name, onNotice });
    holdOpen(model, holdingOf(open, close));
    return { model, format: sourceName(format) };
  });
}

function targetFor(target: unknown, options: Asked): Target {
  const path = pathOf(target);
  if (path !== null) return targetOf(path, options);
  throw new FileError("convert", `expected a path to write to, received ${inspect(target)}.`);
}

function checkConvertOptions(options: ConvertOptions): void {
  checkOptions("convert", options, {
    to: true,
    keras: true,
    quantizeWeights: true,
    unfold: true,
    drop: true,
    compile: true,
    registry: true,
    customObjects: true,
    keepUnknown: true,
    limits: true,
    onProgress: true,
    signal: true,
  });
  checkOption("convert", options, "keepUnknown", aFlag);
  checkOption("convert", options, "unfold", aFlag);
  checkOption("convert", options, "to", aTarget);
  checkOption("convert", options, "drop", whatToDrop);
  checkProgress(options);
}

const aTarget: OptionKind = [`one of ${targetNames}`, isTarget];
