import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { GraphNode, ModelGraph } from "./model-graph.ts";

/** Complains about what is no graph as `modelGraph` gives it, or none any more. `method` is what was given it. */
export function checkGraph(method: string, graph: unknown): asserts graph is ModelGraph {
  if (!isGraph(graph))
    throw new ModelError(method, `expected a graph that modelGraph(model) gave, received ${inspect(graph)}.`);
  const nodes = new Map<unknown, GraphNode>();
  for (const node of graph.nodes) {
    if (typeof node?.id !== "string" || nodes.has(node.id))
      throw new ModelError(method, `expected nodes with ids of their own, received ${inspect(node?.id)}.`);
    if (node.parent !== null && !nodes.get(node.parent)?.isOpen) {
      const where = `the parent of node ${inspect(node.id)}`;
      throw new ModelError(
        method,
        `expected ${where} to be an open node before it, received ${inspect(node.parent)}.`,
      );
    }
    nodes.set(node.id, node);
  }
  const ends = [
    ["edges", graph.edges.flatMap((edge) => [edge?.from, edge?.to])],
    ["outputs", graph.outputs.map((output) => output?.node)],
  ] as const;
  for (const [list, ids] of ends) {
    const missing = ids.findIndex((id) => !nodes.has(id));
    if (missing < 0) continue;
    throw new ModelError(
      method,
      `expected ${list} to name nodes of the graph, received ${inspect(ids[missing])}.`,
    );
  }
}

function isGraph(graph: unknown): graph is ModelGraph {
  const lists = ["nodes", "edges", "outputs"];
  if (typeof graph !== "object" || graph === null) return false;
  return lists.every((key) => Array.isArray((graph as Record<string, unknown>)[key]));
}
