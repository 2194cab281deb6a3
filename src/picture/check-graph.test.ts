import { expect, test } from "vitest";
import { type GraphEdge, type GraphNode, layoutGraph, type ModelGraph } from "./index.ts";
import { drawGraph } from "./plot-model.ts";

const node = (id: string, parent: string | null = null, isOpen = false): GraphNode => ({
  id,
  name: id,
  className: "Dense",
  kind: isOpen ? "model" : "layer",
  parent,
  isOpen,
  isKnown: true,
  inputShape: null,
  outputShape: null,
  outputDtype: null,
  parameters: 1,
  trainable: true,
  activation: null,
});
const edge = (from: string, to: string): GraphEdge => ({ from, to, output: 0, shape: [4], dtype: "float32" });
const graph = (nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []): ModelGraph => ({
  name: "m",
  className: "Functional",
  nodes,
  edges,
  outputs: [],
});

test.each<[what: string, graph: ModelGraph, message: string]>([
  [
    "an edge to a node that was taken out",
    graph([node("a")], [edge("a", "b")]),
    'expected edges to name nodes of the graph, received "b".',
  ],
  [
    "an output of no node",
    { ...graph([node("a")]), outputs: [{ node: "b", output: 0, shape: [4], dtype: "float32" }] },
    'expected outputs to name nodes of the graph, received "b".',
  ],
  [
    "a parent that is not there",
    graph([node("a", "b")]),
    'expected the parent of node "a" to be an open node before it, received "b".',
  ],
  [
    "a parent that is closed",
    graph([node("b"), node("a", "b")]),
    'expected the parent of node "a" to be an open node before it, received "b".',
  ],
  [
    "a parent behind its layers",
    graph([node("a", "b"), node("b", null, true)]),
    'expected the parent of node "a" to be an open node before it, received "b".',
  ],
  [
    "two nodes of one id",
    graph([node("a"), node("a")]),
    'expected nodes with ids of their own, received "a".',
  ],
  [
    "null for a node",
    graph([null as unknown as GraphNode]),
    "expected nodes with ids of their own, received undefined.",
  ],
])("a graph with %s is refused", (_, broken, message) => {
  for (const format of ["svg", "mermaid", "dot"] as const)
    expect(() => drawGraph(broken, { format })).toThrow(`drawGraph: ${message}`);
  expect(() => layoutGraph(broken)).toThrow(`layoutGraph: ${message}`);
});

test("Models inside are written around their layers", () => {
  const nested = graph([
    node("outer", null, true),
    node("last"),
    node("inner", "outer", true),
    node("a", "inner"),
    node("b", "outer"),
  ]);
  expect(drawGraph(nested, { format: "mermaid" }).split("\n")).toEqual([
    "flowchart TB",
    '  subgraph n0["Dense<br/>1"]',
    '    subgraph n2["Dense<br/>1"]',
    '      n3["Dense<br/>1"]',
    "    end",
    '    n4["Dense<br/>1"]',
    "  end",
    '  n1["Dense<br/>1"]',
    "",
  ]);
});

test("200,000 layers in one model are written as texts", () => {
  const count = 200_000;
  const layers = Array.from({ length: count }, (_, i) => node(`l${i}`, "m"));
  const edges = layers.slice(1).map(({ id }, i) => edge(`l${i}`, id));
  const large = graph([node("m", null, true), ...layers], edges);
  for (const format of ["mermaid", "dot"] as const)
    expect(drawGraph(large, { format }).split("\n").length).toBeGreaterThan(2 * count);
});

test("A layout to keep to that is none is refused", () => {
  for (const previous of [3, {}, { boxes: [] }])
    expect(() => layoutGraph(graph([node("a")]), { previous: previous as never })).toThrow(
      "layoutGraph: expected previous to be a layout that layoutGraph gave, received ",
    );
});
