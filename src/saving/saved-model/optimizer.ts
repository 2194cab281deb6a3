import type { Variable } from "../../program/variable.ts";
import type { NamedArray } from "../layer-weights.ts";
import { NEWER_COUNT } from "../older-optimizers/found-state.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { GraphNode } from "./object-graph.ts";

/**
 * What an optimizer kept of the weights that it trained, as HDF5 files of Keras 2 list it: how often it ran, then each
 * kind of value for each weight. None where it was not trained, null where it was trained for other weights. `isIdle` says of
 * an optimizer that it keeps nothing of a weight.
 */
export function optimizerArrays(
  { nodes, bundle }: Checkpoint,
  trained: readonly Variable[],
  places: ReadonlyMap<Variable, GraphNode>,
  isIdle = false,
): readonly NamedArray[] | null {
  const at = (node: GraphNode | undefined, name: string) => nodes[node?.children.get(name) ?? -1];
  const arrays: NamedArray[] = [];
  const add = (name: string, node: GraphNode | undefined) => {
    if (node?.variable) arrays.push({ name, array: bundle.tensor(node.variable.key) });
  };
  const optimizer = at(nodes[0], "optimizer");
  if (!optimizer) return [];
  const list = at(optimizer, "_variables");
  if (list) {
    // From TensorFlow 2.11 on it has all in one list, but for its rate, and the product of a Nadam.
    add(NEWER_COUNT, at(list, "0"));
    add("learning_rate", at(optimizer, "_learning_rate"));
    add("u_product", at(optimizer, "_u_product"));
    for (let i = 1; list.children.has(String(i)); i++) add(String(i), at(list, String(i)));
    return arrays;
  }
  add("iter", at(optimizer, "iter"));
  if (optimizer.slots.length === 0) return isIdle ? arrays : [];
  add("momentum_cache", at(optimizer, "momentum_cache") ?? at(optimizer, "_m_cache"));
  const kinds = new Map<string, Map<GraphNode | undefined, GraphNode | undefined>>();
  for (const { name, of, node } of optimizer.slots) {
    const kind = kinds.get(name) ?? new Map();
    kinds.set(name, kind.set(nodes[of], nodes[node]));
  }
  for (const [name, kind] of kinds) {
    for (const [i, variable] of trained.entries()) {
      const slot = kind.get(places.get(variable));
      if (!slot) return null;
      add(`${i}/${name}`, slot);
    }
  }
  return arrays;
}
