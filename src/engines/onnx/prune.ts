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
    kept.push(withBodies(node, (body) => ({ ...body, nodes: neededNodes(body, needed) })));
  }
  return kept.reverse();
}

/** The attributes of a node that are graphs. */
const bodies = ["body", "then_branch", "else_branch"] as const;

function withBodies(node: Node, change: (body: Graph) => Graph): Node {
  const changed = bodies.flatMap((key) => {
    const body = node.attributes[key];
    return body === undefined ? [] : [[key, change(body as Graph)] as const];
  });
  if (changed.length === 0) return node;
  return { ...node, attributes: { ...node.attributes, ...Object.fromEntries(changed) } };
}
