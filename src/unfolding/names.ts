import { FreeNames } from "../free-names.ts";
import { type KerasTensor, type Node, nameUnsaid, type Operation } from "../graph/graph.ts";
import { toSnakeCase } from "../graph/naming.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import { Layer } from "../layers/layer.ts";
import type { Model } from "../models/model.ts";

/** The names of the layers and operations of models, and those that are given besides. */
export class Names {
  readonly #names = new FreeNames();

  constructor(models: readonly Model[]) {
    for (const { operations } of models) for (const { name } of operations) this.#names.add(name);
  }

  /** A name like another one that is not taken; from then on it is. */
  free(name: string): string {
    return this.#names.take(name);
  }

  /**
   * Names the operations between two ends after what they stand for; the last one takes its name, unless a layer has it.
   * Layers that stand for a layer have their names.
   */
  nameCalls(from: readonly unknown[], to: Nested<KerasTensor>, original: Operation): void {
    const ends = new Set(from);
    const ops: Operation[] = [];
    const pending: (Node | null)[] = flatten(to).map(({ node }) => node);
    const seen = new Set(pending);
    const hasName = (operation: Operation) => operation instanceof Layer && original instanceof Layer;
    let isHeld = false;
    for (const node of pending) {
      if (!node) continue;
      const { operation } = node;
      isHeld ||= operation.name === original.name && hasName(operation);
      if (!hasName(operation) && !ops.includes(operation)) ops.push(operation);
      for (const tensor of node.inputs) {
        if (ends.has(tensor) || seen.has(tensor.node)) continue;
        seen.add(tensor.node);
        pending.push(tensor.node);
      }
    }
    const [last, ...others] = ops;
    if (last) nameUnsaid(last, isHeld ? this.#called(last, original) : original.name);
    for (const operation of others) nameUnsaid(operation, this.#called(operation, original));
  }

  #called({ constructor: { className } }: Operation, { name }: Operation): string {
    return this.free(`${name}_${toSnakeCase(className)}`);
  }
}
