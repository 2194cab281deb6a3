import { type Engine, loadEngine } from "../engines/load.ts";
import { ModelError, ShapeError } from "../errors.ts";
import { KerasTensor } from "../graph/keras-tensor.ts";
import { flatten, isDict, mapNested, type Nested, packLike } from "../graph/nested.ts";
import { placeOf } from "../graph/operation.ts";
import { inspect } from "../json/inspect.ts";
import type { Value } from "../program/value.ts";
import { castTensor } from "../tensor/cast.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { concatenateRows, rowsOf, sliceRows } from "../tensor/rows.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Model } from "./model.ts";
import { withSession } from "./session.ts";
import { openInputs, openValue } from "./trace.ts";

/** A tensor, numbers in nested arrays, or a list or dict of them as the model takes them. */
export type PredictInput =
  | Tensor
  | NestedArray
  | { readonly [key: string]: PredictInput }
  | readonly PredictInput[];

export interface PredictOptions {
  /** How many samples are computed at once. Defaults to 32. */
  readonly batch_size?: number;
  /** Called after each batch with the samples done and the samples there are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The engine to use. Defaults to ONNX Runtime where it is installed, else the reference engine. */
  readonly engine?: Engine;
}

/** Computes a model's outputs for any number of samples. */
export async function predict(
  model: Model,
  x: PredictInput,
  options: PredictOptions = {},
): Promise<Nested<Tensor>> {
  const { batch_size: batchSize = 32, onProgress } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new ModelError(
      "predict",
      `expected batch_size to be a positive integer, received ${inspect(batchSize)}.`,
    );
  }
  const engine = options.engine ?? (await loadEngine());
  const { inputs, specs } = prepare(model, x);
  const flat = flatten(inputs);
  const total = rowsOf(flat[0]!);
  for (const tensor of flat) {
    if (rowsOf(tensor) !== total)
      throw new ShapeError(
        "predict",
        `expected as many samples in every input, received ${flat.map(rowsOf).join(", ")}.`,
      );
  }
  return withSession(model, specs, engine, async ({ executable, structure }) => {
    const batches: Tensor[][] = [];
    for (let start = 0; start < total || start === 0; start += batchSize) {
      const stop = Math.min(start + batchSize, total);
      const batch = total <= batchSize ? flat : flat.map((tensor) => sliceRows(tensor, start, stop));
      batches.push(await executable.run(batch));
      onProgress?.(stop, total);
    }
    const outputs = flatten(structure).map((_, i) => concatenateRows(batches.map((batch) => batch[i]!)));
    return packLike(structure as Nested<unknown>, outputs);
  });
}

/** The inputs as tensors in the model's structure, and the specs to trace it with. */
function prepare(model: Model, x: PredictInput): { inputs: Nested<Tensor>; specs: Nested<Value> } {
  const reference = referenceInputs(model);
  if (reference === null) {
    const inputs = toTensors(x, undefined);
    const specs = mapNested(inputs, ({ shape, dtype }) => openValue(shape, dtype));
    return { inputs, specs };
  }
  const specs = openInputs(reference);
  const ordered = inModelOrder(model, reference, x);
  return { inputs: toTensors(ordered, specs), specs };
}

/** The inputs a model was built with; null for a model without a graph. */
function referenceInputs(model: Model): Nested<KerasTensor> | null {
  try {
    const { input } = model;
    return flatten(input as Nested<unknown>).every((leaf) => leaf instanceof KerasTensor) ? input : null;
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

/** A dict of inputs by name, for a model built with a list or one tensor, in the model's structure. */
function inModelOrder(model: Model, reference: Nested<KerasTensor>, x: PredictInput): PredictInput {
  if (!isDict(x) || isDict(reference)) return x;
  const names = model.inputs.map(({ node }) => node!.operation.name);
  const missing = names.filter((name) => !Object.hasOwn(x, name));
  if (missing.length > 0) {
    throw new ModelError(
      placeOf(model),
      `expected inputs ${inspect(names)}, received ${inspect(Object.keys(x))}.`,
    );
  }
  return packLike(
    reference as Nested<unknown>,
    names.map((name) => (x as Record<string, PredictInput>)[name]),
  ) as PredictInput;
}

function toTensors(x: PredictInput, specs: Nested<Value> | undefined): Nested<Tensor> {
  const toTensor = (value: unknown, dtype: DType | undefined): Tensor => {
    const tensor = value instanceof Tensor ? value : fromNested(value as NestedArray, dtype);
    return dtype && tensor.dtype !== dtype ? castTensor(tensor, dtype) : tensor;
  };
  if (specs === undefined)
    return isDict(x)
      ? (mapNested(x as Nested<unknown>, (leaf) => toTensor(leaf, undefined)) as Nested<Tensor>)
      : toTensor(x, undefined);
  if (Array.isArray(specs)) {
    if (!Array.isArray(x) || x.length !== specs.length)
      throw new ModelError("predict", `expected a list of ${specs.length} inputs, received ${inspect(x)}.`);
    return specs.map((spec, i) => toTensors((x as readonly PredictInput[])[i]!, spec));
  }
  if (isDict(specs)) {
    const result: Record<string, Nested<Tensor>> = {};
    for (const key of Object.keys(specs)) {
      const item = isDict(x) ? (x as Record<string, PredictInput>)[key] : undefined;
      if (item === undefined)
        throw new ModelError(
          "predict",
          `expected a dict of inputs with the keys ${inspect(Object.keys(specs))}, received ${inspect(x)}.`,
        );
      result[key] = toTensors(item, (specs as Record<string, Nested<Value>>)[key]);
    }
    return result;
  }
  return toTensor(x, (specs as Value).dtype);
}
