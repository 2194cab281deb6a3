import type { GraphNode, ModelGraph } from "./model-graph.ts";

/** The nodes that are shown in each model, by its id; those of the outermost under null. */
export function nodesInside({ nodes }: ModelGraph): ReadonlyMap<string | null, readonly GraphNode[]> {
  const inside = new Map<string | null, GraphNode[]>();
  for (const node of nodes) {
    const known = inside.get(node.parent);
    if (known) known.push(node);
    else inside.set(node.parent, [node]);
  }
  return inside;
}

/** Calls `enter` for each node, a model before its layers, and `leave` behind the last layer of an open one. */
export function walkNodes(
  inside: ReadonlyMap<string | null, readonly GraphNode[]>,
  enter: (node: GraphNode, depth: number) => void,
  leave: (depth: number) => void,
): void {
  const open = [(inside.get(null) ?? []).values()];
  for (let layers = open.at(-1); layers; layers = open.at(-1)) {
    const { value: node, done } = layers.next();
    if (done) {
      open.pop();
      if (open.length > 0) leave(open.length);
      continue;
    }
    enter(node, open.length);
    if (node.isOpen) open.push((inside.get(node.id) ?? []).values());
  }
}
