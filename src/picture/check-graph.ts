import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { ModelGraph } from "./model-graph.ts";

/** Complains about what is no graph as `modelGraph` gives it. `method` is what was given it. */
export function checkGraph(method: string, graph: unknown): asserts graph is ModelGraph {
  const lists = ["nodes", "edges", "outputs"];
  const isGraph = typeof graph === "object" && graph !== null;
  if (isGraph && lists.every((key) => Array.isArray((graph as Record<string, unknown>)[key]))) return;
  throw new ModelError(method, `expected a graph that modelGraph(model) gave, received ${inspect(graph)}.`);
}
