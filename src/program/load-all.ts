import { type ProgressOptions, unlessAborted, Watch } from "../progress.ts";
import { bytesPerElement } from "../tensor/dtype.ts";
import { sizeOf } from "../tensor/shape.ts";
import { checkRoom } from "./room.ts";
import type { Variable } from "./variable.ts";

/** As many as browsers ask one server for at a time. */
const atATime = 6;

/** Reads the values of variables that are still in a file. */
export async function loadAll(variables: readonly Variable[], options: ProgressOptions): Promise<void> {
  checkRoom(variables);
  const watch = new Watch(options);
  const bytesOf = ({ shape, dtype }: Variable) => sizeOf(shape) * bytesPerElement(dtype);
  const waiting = variables.filter((variable) => !variable.isMaterialized);
  const total = waiting.reduce((sum, variable) => sum + bytesOf(variable), 0);
  let done = 0;
  await watch.at("tensors", 0, total);
  const queue = each(waiting);
  const loadSome = async () => {
    for (const variable of queue) {
      await unlessAborted(variable.load(), options.signal);
      done += bytesOf(variable);
      await watch.at("tensors", done, total);
    }
  };
  await Promise.all(Array.from({ length: atATime }, loadSome));
}

/** The items, for several who take them in turn: where one of them fails there are no more for the others. */
function* each<T>(items: readonly T[]): Generator<T> {
  yield* items;
}
