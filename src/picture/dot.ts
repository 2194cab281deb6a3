import { printable } from "../json/printable.ts";
import { type LabelOptions, labelOf, tensorLabel } from "./labels.ts";
import type { TextOptions } from "./mermaid.ts";
import type { GraphNode, ModelGraph } from "./model-graph.ts";
import { nodesInside, walkNodes } from "./nodes-inside.ts";

/** A graph in the language of Graphviz, for its layouts and whatever else reads it. */
export function writeDot(graph: ModelGraph, options: TextOptions & { readonly dpi: number | null }): string {
  const places = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
  const inside = nodesInside(graph);
  const lines = [
    `digraph ${quote(graph.name)} {`,
    `  graph [rankdir=${options.rankdir}, compound=true${options.dpi === null ? "" : `, dpi=${options.dpi}`}];`,
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica];',
    "  edge [fontname=Helvetica, fontsize=10];",
  ];
  walkNodes(
    inside,
    (node, depth) => {
      const place = places.get(node.id);
      const label = wordsOf(node, options);
      const space = "  ".repeat(depth);
      if (node.isOpen) lines.push(`${space}subgraph cluster_${place} {`, `${space}  label=${label};`);
      else lines.push(`${space}${place} [label=${label}${node.isKnown ? "" : ', style="dashed"'}];`);
    },
    (depth) => lines.push(`${"  ".repeat(depth)}}`),
  );
  for (const edge of graph.edges) {
    const facts: string[] = [];
    const label = tensorLabel(edge, options);
    if (label) facts.push(`label=${quote(label)}`);
    const from = anchorOf(edge.from, inside);
    const to = anchorOf(edge.to, inside);
    if (from !== edge.from) facts.push(`ltail=cluster_${places.get(edge.from)}`);
    if (to !== edge.to) facts.push(`lhead=cluster_${places.get(edge.to)}`);
    lines.push(
      `  ${places.get(from)} -> ${places.get(to)}${facts.length > 0 ? ` [${facts.join(", ")}]` : ""};`,
    );
  }
  return `${lines.join("\n")}\n}\n`;
}

/** Edges cannot end at a cluster: they end at the first node in it. */
function anchorOf(id: string, inside: ReadonlyMap<string | null, readonly GraphNode[]>): string {
  for (let at = id; ; ) {
    const first = inside.get(at)?.[0];
    if (!first) return at;
    at = first.id;
  }
}

function wordsOf(node: GraphNode, options: LabelOptions): string {
  const { title, count, lines } = labelOf(node, options);
  return quote([title, ...lines, ...(count ? [count] : [])].join("\n"));
}

function quote(text: string): string {
  return `"${text.split("\n").map(printable).join("\n").replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
