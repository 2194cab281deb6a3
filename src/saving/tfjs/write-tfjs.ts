import "../../engines/reference/at-once/usual.ts";
import { ModelError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import type { Model } from "../../models/model.ts";
import { Variable } from "../../program/variable.ts";
import { Watch } from "../../progress.ts";
import { castTensor, toNumbers } from "../../tensor/cast.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { VERSION } from "../../version.ts";
import { valueForWriting } from "../file-memory.ts";
import type { FileSum } from "../file-sum.ts";
import { piecesForWriting } from "../read-ahead.ts";
import { sumOf } from "../stored-tensor.ts";
import type { LayerConfig } from "./instead.ts";
import type { Quantization, WeightDType } from "./manifest.ts";
import type { ModelFile, TfjsOptions } from "./options.ts";
import { quantizeWeight } from "./quantize.ts";
import { type NamedWeight, namedWeights } from "./weight-names.ts";

/** What TensorFlow.js cuts weights into. */
const shardSize = 2 ** 22;

/**
 * The files of a layers model that TensorFlow.js 4.22 opens: weights in parts of 4 MiB, one at a time, and last
 * `model.json`. `config` is that of the model as TensorFlow.js takes it, `version` that of the Keras it is nearest to.
 */
export async function* tfjsFiles(
  model: Model,
  topology: LayerConfig,
  version: string,
  { quantizeWeights: to = null, ...options }: TfjsOptions = {},
): AsyncGenerator<ModelFile> {
  const weights = uniquelyNamed(namedWeights(model, topology.config));
  const length = weights.reduce((length, { variable }) => length + lengthOf(variable, to), 0);
  const count = Math.ceil(length / shardSize);
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  const entries: JsonObject[] = [];
  const watch = new Watch(options);
  let done = 0;
  await watch.at("tensors", done, length);
  const parts = inParts(bytesOf(weights, to, entries), shardSize);
  for await (const bytes of parts) {
    yield { name: paths[Math.floor(done / shardSize)]!, bytes };
    done += bytes.length;
    await watch.at("tensors", done, length);
  }
  const file = {
    format: "layers-model",
    generatedBy: `keras v${version}`,
    convertedBy: `Ceratops v${VERSION}`,
    modelTopology: { keras_version: version, backend: "tensorflow", model_config: topology },
    weightsManifest: [{ paths, weights: entries }],
  };
  const plain = (_: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);
  yield { name: "model.json", bytes: new TextEncoder().encode(JSON.stringify(file, plain)) };
}

/** TensorFlow.js finds weights by their names alone, wherever in the model they are. */
function uniquelyNamed(weights: Iterable<NamedWeight>): NamedWeight[] {
  const known = new Map<string, NamedWeight>();
  for (const weight of weights) {
    if (known.has(weight.name)) {
      throw new ModelError(
        `weight ${quote(weight.name)}`,
        "expected one weight of this name, because TensorFlow.js finds them by it, received two. Give one of the layers another name.",
      );
    }
    known.set(weight.name, weight);
  }
  return [...known.values()];
}

const bytesPer: Readonly<Record<Quantization["dtype"], number>> = { uint8: 1, uint16: 2, float16: 2 };

function lengthOf(variable: Variable, to: Quantization["dtype"] | null): number {
  const dtype = writtenDType(variable);
  const bytes = dtype === "bool" ? 1 : 4;
  return sizeOf(variable.shape) * (to && dtype === "float32" ? bytesPer[to] : bytes);
}

/** The dtype that TensorFlow.js has for a weight. */
function writtenDType({ dtype, path }: Variable): WeightDType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  if (dtype === "int64" || dtype === "uint32") return "int32";
  throw new ModelError(path, `expected a weight of float32, int32 or bool, received ${dtype}.`);
}

/** The bytes of the weights, read one at a time and let go again, and what a manifest says of each. */
async function* bytesOf(
  weights: readonly NamedWeight[],
  to: Quantization["dtype"] | null,
  entries: JsonObject[],
): AsyncGenerator<Uint8Array> {
  /** Of the files that weights came from and that were not read whole yet. */
  const sums = new Set<FileSum>();
  const note = (sum: FileSum | undefined) => {
    if (sum && !sum.isChecked) sums.add(sum);
  };
  for (const { name, variable } of weights) {
    const dtype = writtenDType(variable);
    const entry = { name, shape: [...variable.shape], dtype };
    const isAsIs = dtype === variable.dtype && !variable.constraint && !(to && dtype === "float32");
    const pieces = isAsIs ? piecesForWriting(variable) : undefined;
    if (pieces) {
      note(pieces.sum);
      entries.push(entry);
      yield* pieces;
      continue;
    }
    const value = await valueForWriting(variable);
    note(sumOf(value));
    checkConstraint(variable, value);
    const tensor = castTensor(value, dtype);
    if (to && dtype === "float32") {
      const { quantization, bytes } = quantizeWeight(tensor, to, variable.path);
      entries.push({ ...entry, quantization: { ...quantization } });
      yield bytes;
      continue;
    }
    entries.push(entry);
    const { buffer, byteOffset, byteLength } = tensor.data;
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
  for (const sum of sums) await sum.check();
}

/** TensorFlow.js makes weights fulfil their constraint as it loads them: others than those that are written. */
function checkConstraint({ constraint, path, name, shape, dtype }: Variable, value: Tensor): void {
  if (!constraint) return;
  const numbers = toNumbers(value);
  const held = new Variable({ name, shape, dtype, initialize: () => value });
  const fulfilling = toNumbers(constraint.call(held) as Tensor);
  const i = numbers.findIndex(
    (number, i) => Math.abs(number - fulfilling[i]!) > 1e-5 * Math.abs(number) + 1e-7,
  );
  if (i < 0) return;
  throw new ModelError(
    path,
    `expected a weight that fulfils its constraint, because TensorFlow.js enforces it, received ${inspect(numbers[i])} in place of ${inspect(fulfilling[i])}.`,
  );
}

/** Bytes in parts of one size, the last one smaller; one part is in memory. */
async function* inParts(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.subarray(at, at + size - filled);
      part.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < size) continue;
      yield part;
      part = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
