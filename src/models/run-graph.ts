import type { Arguments, KerasTensor, Keywords, Node, Operation } from "../graph/graph.ts";
import { flatten, type Nested } from "../graph/nested.ts";

/** Calls an operation of the graph with its arguments. */
export type Caller = (operation: Operation, args: Arguments, kwargs: Keywords) => unknown;

/**
 * Goes through the calls of a graph in order. `values` holds what stands for each tensor, first only for the
 * inputs, and is filled; calls that cannot be computed from them are skipped.
 */
export function runGraph(nodes: readonly Node[], values: Map<KerasTensor, unknown>, call: Caller): void {
  const get = (tensor: KerasTensor) => values.get(tensor);
  for (const node of nodes) {
    if (node.isInput || !node.inputs.every((tensor) => values.has(tensor))) continue;
    const { args, kwargs } = node.fill(get);
    const results = call(node.operation, args, kwargs);
    const [only] = node.outputs;
    if (only && node.structure === only) {
      values.set(only, results);
      continue;
    }
    const flat = flatten(results as Nested<unknown>);
    for (const [i, tensor] of node.outputs.entries()) values.set(tensor, flat[i]);
  }
}
