import type { Node, Operation } from "../graph/graph.ts";
import { KerasTensor } from "../graph/graph.ts";
import { mapNested, type Nested } from "../graph/nested.ts";

/** What a graph needs to say its parts. */
interface Graph {
  readonly operations: readonly Operation[];
  readonly nodes: readonly Node[];
  readonly outputStructure: Nested<KerasTensor>;
}

/** A graph as lists that can be compared with another's: operations and calls stand for themselves by their places. */
export function graphParts({ operations, nodes, outputStructure }: Graph): object {
  const places = new Map<unknown, number>(
    [...operations.entries(), ...nodes.entries()].map(([i, item]) => [item, i]),
  );
  const placed = (structure: unknown) =>
    mapNested(structure as Nested<unknown>, (leaf) =>
      leaf instanceof KerasTensor ? [places.get(leaf.node), leaf.tensorIndex] : leaf,
    );
  return {
    layers: operations,
    calls: nodes.map(({ operation, args, kwargs }) => [places.get(operation), placed(args), placed(kwargs)]),
    outputs: placed(outputStructure),
  };
}
