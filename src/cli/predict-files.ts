import type { Engine } from "../engines/engine.ts";
import { FileError, ModelError, ShapeError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { flatten, packLike } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import type { Model } from "../models/model.ts";
import type { PredictInput } from "../models/predict.ts";
import { tensorNames } from "../models/tensor-names.ts";
import { hasExtension } from "../saving/formats/format.ts";
import { npz, writeNpz } from "../saving/formats/npz.ts";
import { castTensor } from "../tensor/cast.ts";
import { bytesPerElement, isFloat } from "../tensor/dtype.ts";
import { writeNpyHeader } from "../tensor/npy.ts";
import { concatenateRows, rowsOf } from "../tensor/rows.ts";
import { formatShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { openArrays, type RowSource } from "./array-file.ts";
import { UsageError } from "./command.ts";
import { drawInputs } from "./drawn-inputs.ts";
import { nameOf, withInput, writeOutput } from "./files.ts";
import type { Io } from "./io.ts";

export interface PredictFilesOptions {
  /** Nothing to draw an input. */
  readonly input: string | undefined;
  /** Nothing to give the outputs back. */
  readonly output: string | undefined;
  readonly engine: Engine;
  readonly batchSize: number | undefined;
}

export interface PredictReport {
  readonly file: string | null;
  readonly engine: string;
  readonly samples: number;
  readonly outputs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: string;
  }[];
}

/** What was computed; the outputs where they were written to no file. */
export interface Predicted {
  readonly report: PredictReport;
  readonly outputs: readonly Tensor[] | null;
}

/** How much of the inputs is held at once. */
const mostBytes = 2 ** 24;

/** Computes a model's outputs for arrays in a file, some at a time, and writes them to another. */
export async function predictFiles(model: Model, options: PredictFilesOptions, io: Io): Promise<Predicted> {
  const { input, output } = options;
  const count = flatten(model.output).length;
  if (output !== undefined && !hasExtension(output, npz) && count > 1)
    throw new UsageError(`--output: expected a .npz file for ${count} outputs, received ${inspect(output)}.`);
  if (input === undefined) return compute(model, drawInputs(model), options, io);
  return withInput(input, io, async (source, name) => {
    const rows = inputsFor(model, name, await openArrays(source, name, io.limits));
    return compute(model, rows, options, io);
  });
}

async function compute(
  model: Model,
  rows: readonly RowSource[],
  { output, engine, batchSize = 32 }: PredictFilesOptions,
  io: Io,
): Promise<Predicted> {
  const samples = samplesOf(rows);
  const width = rows.reduce(
    (sum, { shape, dtype }) => sum + sizeOf(shape.slice(1)) * bytesPerElement(dtype),
    0,
  );
  const step = batchSize * Math.max(1, Math.floor(mostBytes / Math.max(1, width * batchSize)));
  async function* chunks(): AsyncGenerator<Tensor[]> {
    for (let start = 0; start < samples || start === 0; start += step) {
      const stop = Math.min(start + step, samples);
      const inputs = await Promise.all(rows.map((each) => each.read(start, stop)));
      const result = await model.predict(packLike(model.input, inputs) as PredictInput, {
        engine,
        batch_size: batchSize,
        onProgress: (done) => io.status.say(() => `${start + done} of ${samples} samples`),
      });
      yield flatten<Tensor>(result);
    }
  }
  const names = tensorNames(model.output);
  const shapes: (readonly number[])[] = [];
  const dtypes: string[] = [];
  const note = (tensors: readonly Tensor[], total: number) => {
    for (const [i, { shape, dtype }] of tensors.entries()) {
      shapes[i] = [total, ...shape.slice(1)];
      dtypes[i] = dtype;
    }
  };
  let outputs: Tensor[] | null = null;
  if (output !== undefined && !hasExtension(output, npz)) {
    await writeOutput(output, io, npyChunks(chunks(), samples, note));
  } else {
    const all: Tensor[][] = [];
    for await (const chunk of chunks()) all.push(chunk);
    outputs = names.map((_, i) => concatenateRows(all.map((chunk) => chunk[i] as Tensor)));
    note(outputs, rowsOf(outputs[0] as Tensor));
    if (output !== undefined) {
      const named = outputs.map((tensor, i) => [names[i] as string, tensor] as const);
      await writeOutput(output, io, writeNpz(named));
    }
  }
  return {
    outputs: output === undefined ? outputs : null,
    report: {
      file: output === undefined ? null : nameOf(output),
      engine: engine.name,
      samples,
      outputs: shapes.map((shape, i) => ({ name: names[i] as string, shape, dtype: dtypes[i] as string })),
    },
  };
}

/** The bytes of a `.npy` file of outputs that come one after the other, a row for each sample. */
async function* npyChunks(
  chunks: AsyncIterable<readonly Tensor[]>,
  samples: number,
  note: (tensors: readonly Tensor[], total: number) => void,
): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const [output] of chunks) {
    if (!output) continue;
    // NumPy has no bfloat16.
    const { data, dtype, shape } = output.dtype === "bfloat16" ? castTensor(output, "float32") : output;
    if (isFirst) {
      note([output], samples);
      yield writeNpyHeader(dtype, [samples, ...shape.slice(1)]);
    }
    isFirst = false;
    yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
}

function samplesOf(rows: readonly RowSource[]): number {
  const counts = rows.map(({ shape }) => shape[0] ?? 1);
  const [samples = 1] = counts;
  if (counts.every((count) => count === samples)) return samples;
  throw new ShapeError("predict", `expected as many samples in every input, received ${counts.join(", ")}.`);
}

/** The arrays in the order of the model's inputs, each of the kind its input takes. */
function inputsFor(
  model: Model,
  file: string,
  given: RowSource | ReadonlyMap<string, RowSource>,
): RowSource[] {
  const names = tensorNames(model.input);
  const tensors = flatten(model.input);
  if ("read" in given) {
    if (names.length !== 1) {
      throw new FileError(
        file,
        `expected a .npz file with the arrays ${inspect(names)}, received one array without a name.`,
      );
    }
    return [checked(file, names[0] as string, given, tensors[0] as KerasTensor)];
  }
  // What numpy.savez calls an array that was given no name.
  const isNameless = names.length === 1 && given.size === 1 && given.has("arr_0");
  const wanted = isNameless ? ["arr_0"] : names;
  const known = [...given.keys()];
  if (known.length !== wanted.length || !wanted.every((name) => given.has(name)))
    throw new FileError(file, `expected the arrays ${inspect(names)}, received ${inspect(known)}.`);
  return wanted.map((name, i) =>
    checked(file, names[i] as string, given.get(name) as RowSource, tensors[i] as KerasTensor),
  );
}

function checked(file: string, name: string, array: RowSource, input: KerasTensor): RowSource {
  const at = `${file}: input ${quote(name)}`;
  if (isFloat(array.dtype) && !isFloat(input.dtype))
    throw new FileError(at, `expected ${input.dtype} numbers, received ${array.dtype}.`);
  const fits =
    array.shape.length === input.shape.length &&
    array.shape.every((size, axis) => axis === 0 || (input.shape[axis] ?? size) === size);
  if (!fits)
    throw new ModelError(
      at,
      `expected shape ${formatShape(input.shape)}, received ${formatShape(array.shape)}.`,
    );
  return array;
}
