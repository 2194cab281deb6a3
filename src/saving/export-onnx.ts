import type { OnnxFiles } from "../engines/onnx/index.ts";
import { bytesOf } from "../engines/onnx/large-weight.ts";
import { type ExportFilesOptions, exportModelFiles } from "../models/export-model.ts";
import type { Model } from "../models/model.ts";
import type { Variable } from "../program/variable.ts";
import { valueForWriting } from "./file-memory.ts";
import type { FileSum } from "./file-sum.ts";
import { PieceRoom, piecesForWriting } from "./read-ahead.ts";
import { StoredTensor, sumOf } from "./stored-tensor.ts";

/**
 * A model as an ONNX file and its weights, of which large ones that are still in a file pass through. What they come from
 * must not be damaged, or files that look right would be made of it. A weight of `largeWeight` bytes is large.
 */
export async function exportOnnx(
  model: Model,
  options: ExportFilesOptions = {},
  largeWeight?: number,
): Promise<OnnxFiles> {
  const sums = sumsOf(model.weights);
  const check = async () => {
    for (const sum of sums) await sum.check();
  };
  const room = new PieceRoom();
  const piecesOf = (variable: Variable) => piecesForWriting(variable, room) ?? piecesOfValue(variable);
  const files = await exportModelFiles(model, options, { piecesOf, largeWeight });
  async function* checked(pieces: AsyncIterable<Uint8Array>) {
    yield* pieces;
    await check();
  }
  const { weights } = files;
  return {
    weights: weights && { [Symbol.asyncIterator]: () => checked(weights) },
    model: (name) => checked(files.model(name)),
  };
}

async function* piecesOfValue(variable: Variable): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytesOf((await valueForWriting(variable)).data);
}

/** The sums of the files that weights come from, as far as these were not read whole yet. */
function sumsOf(weights: readonly Variable[]): Set<FileSum> {
  const sums = new Set<FileSum>();
  for (const variable of weights) {
    const { source } = variable;
    const sum =
      source instanceof StoredTensor ? source.sum : variable.isMaterialized && sumOf(variable.value);
    if (sum && !sum.isChecked) sums.add(sum);
  }
  return sums;
}
