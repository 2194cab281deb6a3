import { type Engine, loadEngine } from "../engines/load.ts";
import { ModelError, ShapeError } from "../errors.ts";
import { flatten, mapNested, type Nested, packLike } from "../graph/nested.ts";
import { checkOptions, isCallback } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import type { Value } from "../program/value.ts";
import { concatenateRows, rowsOf, sliceRows } from "../tensor/rows.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ModelParts } from "./model-parts.ts";
import { ownInputs } from "./own-inputs.ts";
import { type PredictInput, readAnyInputs, readInputs } from "./predict-inputs.ts";
import { withSession } from "./session.ts";
import { openValue } from "./trace.ts";

export type { PredictInput };

export interface PredictOptions {
  /** How many samples are computed at once. Defaults to 32. */
  readonly batch_size?: number | null | undefined;
  /** Called after each batch with the samples done and the samples there are. */
  readonly onProgress?: ((done: number, total: number) => void) | null | undefined;
  /** The engine to use. Defaults to ONNX Runtime where it is installed, else the reference engine. */
  readonly engine?: Engine | null | undefined;
}

const optionNames = { batch_size: true, onProgress: true, engine: true } as const;

/**
 * Computes a model's outputs for any number of samples. Where the model changes variables when it is called, such as
 * the states of a stateful LSTM, they go on from batch to batch and from call to call, as in Keras.
 */
export async function predict(
  model: ModelParts,
  x: PredictInput,
  options: PredictOptions = {},
): Promise<Nested<Tensor>> {
  checkOptions("predict", options, optionNames, ModelError);
  const { onProgress } = options;
  const batchSize = options.batch_size ?? 32;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new ModelError(
      "predict",
      `expected batch_size to be a positive integer, received ${inspect(batchSize)}.`,
    );
  }
  if (onProgress != null && !isCallback(onProgress)) {
    throw new ModelError("predict", `expected onProgress to be a function, received ${inspect(onProgress)}.`);
  }
  // Where the engine is there nothing is awaited before inputs and weights are looked at: they are those of the call.
  const engine = checkEngine(options.engine ?? loadEngine.loaded ?? (await loadEngine()));
  const { inputs, specs } = prepare(model, x);
  const flat = inputs.filter((tensor) => tensor !== null);
  const counts = flat.map(rowsOf);
  const [total] = counts;
  if (total === undefined || counts.some((count) => count !== total)) {
    throw new ShapeError(
      "predict",
      `expected as many samples in every input, received ${counts.join(", ") || "no input"}.`,
    );
  }
  return withSession(model, specs, engine, async (run, structure) => {
    const batches: Tensor[][] = [];
    for (let start = 0; start < total || start === 0; start += batchSize) {
      const stop = Math.min(start + batchSize, total);
      const batch = total <= batchSize ? flat : flat.map((tensor) => sliceRows(tensor, start, stop));
      batches.push(await run(batch));
      onProgress?.(stop, total);
    }
    const outputs = flatten(structure).map((_, i) => concatenateRows(batches.map((batch) => batch[i]!)));
    return packLike(structure as Nested<unknown>, outputs);
  });
}

function checkEngine(engine: Engine): Engine {
  if (typeof engine === "object" && typeof engine.compile === "function") return engine;
  throw new ModelError(
    "predict",
    `expected engine to be an engine, such as onnxruntime() makes, received ${inspect(engine)}.`,
  );
}

/** The inputs as tensors, and the specs to trace the model with, in its structure. */
function prepare(
  model: ModelParts,
  x: PredictInput,
): { inputs: readonly (Tensor | null)[]; specs: Nested<Value | null> } {
  const own = ownInputs(model);
  if (own === null) {
    const inputs = readAnyInputs(model, x);
    const specs = mapNested(inputs, (tensor) => tensor && openValue(tensor.shape, tensor.dtype));
    return { inputs: flatten(inputs), specs };
  }
  const inputs = readInputs(model, own, x);
  const open = flatten(own).map(({ shape, dtype }, i) => (inputs[i] ? openValue(shape, dtype) : null));
  return { inputs, specs: packLike(own as Nested<unknown>, open) };
}
