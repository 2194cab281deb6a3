import type { Engine } from "../engines/engine.ts";
import { FileError, ModelError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { flatten, packLike } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import type { Model } from "../models/model.ts";
import type { PredictInput } from "../models/predict.ts";
import { tensorNames } from "../models/tensor-names.ts";
import { abilityFor, hasExtension } from "../saving/formats/format.ts";
import { arrayReaders } from "../saving/formats/index.ts";
import { npz, writeNpz } from "../saving/formats/npz.ts";
import { memorySource } from "../saving/sources.ts";
import { isFloat } from "../tensor/dtype.ts";
import { writeNpy } from "../tensor/npy.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { UsageError } from "./command.ts";
import { nameOf, readInput, standard, writeOutput } from "./files.ts";
import type { Io } from "./io.ts";

export interface PredictFilesOptions {
  readonly input: string;
  readonly output: string;
  readonly engine: Engine;
  readonly batchSize: number | undefined;
}

export interface PredictReport {
  readonly file: string;
  readonly engine: string;
  readonly samples: number;
  readonly outputs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: string;
  }[];
}

/** Computes a model's outputs from arrays in a file, and writes them to another. Gives a report. */
export async function predictFiles(
  model: Model,
  options: PredictFilesOptions,
  io: Io,
): Promise<PredictReport> {
  const { input, output, engine, batchSize } = options;
  const names = tensorNames(model.output);
  const wantsArchive = hasExtension(output, npz);
  if (!wantsArchive && names.length > 1) {
    throw new UsageError(
      `--output: expected a .npz file for ${names.length} outputs, received ${inspect(output)}.`,
    );
  }
  const given = await readArrays(input, io);
  const tensors = inputsFor(model, input, given);
  const outputs = flatten<Tensor>(
    await model.predict(packLike(model.input, tensors) as PredictInput, {
      engine,
      ...(batchSize !== undefined && { batch_size: batchSize }),
      onProgress: (done, total) => showProgress(io, done, total),
    }),
  );
  const named = names.map((name, i) => [name, outputs[i]!] as const);
  await writeOutput(output, io, wantsArchive ? writeNpz(named) : writeNpy(outputs[0]!));
  return {
    file: nameOf(output),
    engine: engine.name,
    samples: tensors[0]!.shape[0] ?? 1,
    outputs: named.map(([name, { shape, dtype }]) => ({ name, shape, dtype })),
  };
}

/** The arrays of a file: one without a name, or several by theirs. */
async function readArrays(path: string, io: Io): Promise<Tensor | ReadonlyMap<string, Tensor>> {
  const source = memorySource(await readInput(path, io));
  const read = await abilityFor(arrayReaders, source);
  return read(source, path === standard ? "standard input" : path);
}

/** The arrays in the order of the model's inputs, each of the kind its input takes. */
function inputsFor(model: Model, file: string, given: Tensor | ReadonlyMap<string, Tensor>): Tensor[] {
  const names = tensorNames(model.input);
  const tensors = flatten(model.input);
  if (!(given instanceof Map)) {
    if (names.length !== 1) {
      throw new FileError(
        file,
        `expected a .npz file with the arrays ${inspect(names)}, received one array without a name.`,
      );
    }
    return [checked(file, names[0]!, given as Tensor, tensors[0]!)];
  }
  // What numpy.savez calls an array that was given no name.
  const isNameless = names.length === 1 && given.size === 1 && given.has("arr_0");
  const wanted = isNameless ? ["arr_0"] : names;
  const known = [...given.keys()];
  if (known.length !== wanted.length || !wanted.every((name) => given.has(name)))
    throw new FileError(file, `expected the arrays ${inspect(names)}, received ${inspect(known)}.`);
  return wanted.map((name, i) => checked(file, names[i]!, given.get(name)!, tensors[i]!));
}

function checked(file: string, name: string, array: Tensor, input: KerasTensor): Tensor {
  const at = `${file}: input ${JSON.stringify(name)}`;
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

function showProgress({ stderr }: Io, done: number, total: number): void {
  if (stderr.isTTY) stderr.write(`\r${done}/${total} samples${done === total ? "\n" : ""}`);
}
