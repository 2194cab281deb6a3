import { printable } from "../json/printable.ts";
import { type LabelOptions, labelOf, tensorLabel } from "./labels.ts";
import type { TextOptions } from "./mermaid.ts";
import type { GraphNode, ModelGraph } from "./model-graph.ts";

/** A graph in the language of Graphviz, for its layouts and whatever else reads it. */
export function writeDot(graph: ModelGraph, options: TextOptions & { readonly dpi: number | null }): string {
  const places = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
  const inside = new Map<string | null, GraphNode[]>();
  for (const node of graph.nodes) inside.set(node.parent, [...(inside.get(node.parent) ?? []), node]);
  const lines = [
    `digraph ${quote(graph.name)} {`,
    `  graph [rankdir=${options.rankdir}, compound=true${options.dpi === null ? "" : `, dpi=${options.dpi}`}];`,
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica];',
    "  edge [fontname=Helvetica, fontsize=10];",
  ];
  const pending: (GraphNode | "end")[] = (inside.get(null) ?? []).toReversed();
  let indent = 1;
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next === "end") {
      lines.push(`${"  ".repeat(--indent)}}`);
      continue;
    }
    const place = places.get(next.id);
    const label = wordsOf(next, options);
    const space = "  ".repeat(indent);
    if (next.isOpen) {
      indent++;
      lines.push(`${space}subgraph cluster_${place} {`, `${space}  label=${label};`);
      pending.push("end", ...(inside.get(next.id) ?? []).toReversed());
    } else lines.push(`${space}${place} [label=${label}${next.isKnown ? "" : ', style="dashed"'}];`);
  }
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
