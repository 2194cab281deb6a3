import { FileError, type Issue } from "../../errors.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { gate } from "../gate.ts";
import { joinedSource } from "../joined-source.ts";
import { openBeside, problemOf } from "../siblings.ts";
import type { Place } from "../stored-tensor.ts";
import type { ManifestGroup, ManifestWeight } from "./manifest.ts";
import { decodeWeight } from "./quantize.ts";

/** A weight in the files beside a model's: what it is is known, its numbers are read on demand. */
export interface StoredWeight {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: StaticShape;
  /** Whether it is the state of an optimizer, and no weight of a layer. */
  readonly isOptimizers: boolean;
  read(): Promise<Tensor>;
  /** The same at once, where its files can. */
  readonly readSync: (() => Tensor) | undefined;
  /** Where their bytes are in one piece; undefined where they are in few bits. */
  readonly place: Place | undefined;
}

/** How many files are opened at once. */
const mostAtOnce = 6;

/** Told of weights whose files are not there. */
export type OnMissing = ((issue: Issue) => void) | null | undefined;

/**
 * Opens the files of all groups beside `source`, and complains where they do not hold what the groups declare. Where there is
 * somebody to be told of files that are not there, only reading their weights fails.
 */
export async function openWeights(
  source: ByteSource,
  groups: readonly ManifestGroup[],
  file: string,
  budget: Budget,
  onMissing: OnMissing = null,
): Promise<StoredWeight[]> {
  const stored: StoredWeight[] = [];
  const inTurn = gate(mostAtOnce);
  for (const [i, group] of groups.entries()) {
    const at = `${file}: weightsManifest[${i}]`;
    budget.members.take(group.paths.length, at);
    const paths = group.paths.map((path, i) => inTurn(() => openBeside(source, path, `${at}.paths[${i}]`)));
    const opened = await Promise.all(paths).catch((error: unknown) => {
      const isMissing = error instanceof FileError && !group.paths.some(problemOf);
      if (!onMissing || !isMissing) throw error;
      const { length } = group.weights;
      onMissing({ path: at, message: `the numbers of ${length} weights are not there. ${error.message}` });
      return [absent(group.length, error)];
    });
    const shards = joinedSource(opened, at);
    if (shards.size !== group.length) {
      const { length } = group.weights;
      throw new FileError(
        at,
        `expected ${group.length} bytes of ${length} weights, received ${shards.size} in ${group.paths.length} files.`,
      );
    }
    for (const weight of group.weights) stored.push(storedIn(shards, weight));
  }
  return stored;
}

/** What stands for files that are not there: whoever reads of it hears why. */
function absent(size: number, error: FileError): ByteSource {
  const readSync = (): never => {
    throw error;
  };
  return { size, read: async () => readSync(), readSync };
}

function storedIn(shards: ByteSource, weight: ManifestWeight): StoredWeight {
  const { name, dtype, shape, offset, length, isOptimizers } = weight;
  const { readSync } = shards;
  return {
    name,
    dtype,
    shape,
    isOptimizers,
    read: async () => decodeWeight(weight, await shards.read(offset, length)),
    place: weight.quantization || dtype === "bool" ? undefined : { source: shards, offset, length },
    readSync: readSync && (() => decodeWeight(weight, readSync(offset, length))),
  };
}
