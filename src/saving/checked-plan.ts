import type { Watch } from "../progress.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { FileSum } from "./file-sum.ts";
import type { Hdf5GroupInput } from "./hdf5/index.ts";
import { type Hdf5Plan, planHdf5 } from "./hdf5/plan.ts";
import type { PieceRoom, Pieces } from "./read-ahead.ts";
import { sumOf } from "./stored-tensor.ts";

/** Work on tensors, which may be in several files, of which it is told how far it has come. */
export interface TensorWork {
  readonly watch: Watch;
  done: number;
  /** How many bytes there are in all; null for those of the plan. */
  total: number | null;
}

/**
 * An HDF5 file to be written. What its tensors come from must not be damaged, or a new sum would call it right.
 */
export function checkedPlan(
  contents: Hdf5GroupInput,
  name: string,
  work: TensorWork,
  pieceRoom?: PieceRoom,
): Pick<Hdf5Plan, "size" | "chunks"> {
  /** Of the files that tensors came from and that were not read whole yet. */
  const sums = new Set<FileSum>();
  const onRead = (read: Tensor | Pieces) => {
    const sum = read instanceof Tensor ? sumOf(read) : read.sum;
    if (sum && !sum.isChecked) sums.add(sum);
  };
  const plan = planHdf5(contents, { name, onRead, pieceRoom });
  const { watch } = work;
  async function* chunks(room?: Uint8Array): AsyncGenerator<Uint8Array> {
    const total = work.total ?? plan.size;
    await watch.at("tensors", work.done, total);
    for await (const chunk of plan.chunks(room)) {
      yield chunk;
      work.done += chunk.length;
      await watch.at("tensors", work.done, total);
    }
    for (const sum of sums) await sum.check();
  }
  return { size: plan.size, chunks };
}
