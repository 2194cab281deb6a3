import type { Layer } from "../../layers/layer.ts";
import type { Variable } from "../../program/variable.ts";

/** A weight as files of whole models have it. */
export interface NamedWeight {
  /** Its name, such as `dense/kernel:0`; with `/` the path to it in the group of its layer. */
  readonly name: string;
  readonly variable: Variable;
}

/**
 * The weights of a layer of a model in the order of such files: trained ones first, then the others. Each has a name of
 * its own, by which nothing is found: Keras goes by the order.
 */
export function namedWeights(layer: Layer): NamedWeight[] {
  const taken = new Set<string>();
  return [...layer.trainableWeights, ...layer.nonTrainableWeights].map((variable) => {
    const path = variable.path.split("/").filter(Boolean).join("/");
    let name = `${path}:0`;
    for (let i = 1; taken.has(name); i++) name = `${path}_${i}:0`;
    taken.add(name);
    return { name, variable };
  });
}
