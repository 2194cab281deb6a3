import { ModelError } from "../errors.ts";
import type { Operation } from "../graph/graph.ts";
import { inspect } from "../json/inspect.ts";

/** Names, or regular expressions for the beginnings of names, of the first and the last layer to show. */
export type LayerRange = readonly [first: string, last: string];

/** The operations from the first to the last that a range names. `method` is what errors call the caller. */
export function inRange(
  method: string,
  operations: readonly Operation[],
  range: LayerRange | null | undefined,
): readonly Operation[] {
  if (range == null) return operations;
  if (!Array.isArray(range) || range.length !== 2 || !range.every((name) => typeof name === "string")) {
    throw new ModelError(method, `expected layer_range to be two names, received ${inspect(range)}.`);
  }
  const [first, last] = [spanOf(method, operations, range[0]), spanOf(method, operations, range[1])];
  return first.from > last.to
    ? operations.slice(last.from, first.to + 1)
    : operations.slice(first.from, last.to + 1);
}

/** The first and the last operation whose name begins with what a regular expression, or a name as it is, describes. */
function spanOf(
  method: string,
  operations: readonly Operation[],
  pattern: string,
): { from: number; to: number } {
  let regex: RegExp | null = null;
  try {
    regex = new RegExp(`^(?:${pattern})`);
  } catch {
    // A name with brackets that are no expression.
  }
  const matches = ({ name }: Operation) => name === pattern || regex?.test(name) === true;
  const [from, to] = [operations.findIndex(matches), operations.findLastIndex(matches)];
  if (from >= 0) return { from, to };
  throw new ModelError(
    method,
    `expected layer_range to name layers of the model, received ${inspect(pattern)}, which none has.`,
  );
}
