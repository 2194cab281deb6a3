import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { KerasTensor } from "./graph.ts";

/** Whether something is a tensor of a model that is being built. */
export function isKerasTensor(value: unknown): value is KerasTensor {
  return value instanceof KerasTensor;
}

/**
 * The inputs that a tensor of a graph is computed from, each once, in the order in which the graph is walked from the
 * tensor back. Source: Keras 3.6 `ops/operation_utils.py`.
 *
 * @example
 * const x = Input({ shape: [3] });
 * const [source] = getSourceInputs(new Dense({ units: 1 }).apply(x)); // x
 */
export function getSourceInputs(tensor: KerasTensor): KerasTensor[] {
  if (!isKerasTensor(tensor))
    throw new ModelError("getSourceInputs", `expected a tensor of a graph, received ${inspect(tensor)}.`);
  const sources = new Set<KerasTensor>();
  const seen = new Set<KerasTensor>();
  const pending = [tensor];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const { node } = next;
    if (node === null) sources.add(next);
    else if (node.isInput) for (const output of node.outputs) sources.add(output);
    else for (const input of node.inputs.toReversed()) pending.push(input);
  }
  return [...sources];
}
