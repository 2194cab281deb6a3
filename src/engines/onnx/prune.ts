import type { Graph, Node } from "./model.ts";

/** The graph without nodes and initializers that nothing needs. */
export function prune(graph: Graph): Graph {
  const needed = new Set<string>();
  const nodes = neededNodes(graph, needed);
  const initializers = new Map([...graph.initializers].filter(([name]) => needed.has(name)));
  return { ...graph, nodes, initializers };
}

/** Adds to `needed` what the nodes that stay read. */
function neededNodes(graph: Graph, needed: Set<string>): Node[] {
  for (const { name } of graph.outputs) needed.add(name);
  const kept: Node[] = [];
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i]!;
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const input of node.inputs) needed.add(input);
    const { body } = node.attributes;
    if (body === undefined) {
      kept.push(node);
    } else {
      const pruned = { ...(body as Graph), nodes: neededNodes(body as Graph, needed) };
      kept.push({ ...node, attributes: { ...node.attributes, body: pruned } });
    }
  }
  return kept.reverse();
}
