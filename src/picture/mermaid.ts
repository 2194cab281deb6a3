import { type LabelOptions, labelOf, tensorLabel } from "./labels.ts";
import type { RankDirection } from "./layout-types.ts";
import type { GraphNode, ModelGraph } from "./model-graph.ts";

export interface TextOptions extends LabelOptions {
  readonly rankdir: RankDirection;
}

/** A graph as a flowchart of Mermaid, which code hosts and note books draw. */
export function writeMermaid(graph: ModelGraph, options: TextOptions): string {
  const places = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
  const inside = new Map<string | null, GraphNode[]>();
  for (const node of graph.nodes) inside.set(node.parent, [...(inside.get(node.parent) ?? []), node]);
  const lines = [`flowchart ${options.rankdir}`];
  // Whose turn it is: a node, or the end of the model whose layers were written.
  const pending: (GraphNode | "end")[] = (inside.get(null) ?? []).toReversed();
  let indent = 1;
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next === "end") {
      lines.push(`${"  ".repeat(--indent)}end`);
      continue;
    }
    const place = places.get(next.id);
    if (next.isOpen) {
      lines.push(`${"  ".repeat(indent++)}subgraph ${place}["${wordsOf(next, options)}"]`);
      pending.push("end", ...(inside.get(next.id) ?? []).toReversed());
    } else lines.push(`${"  ".repeat(indent)}${place}${shapeOf(next, wordsOf(next, options))}`);
  }
  for (const edge of graph.edges) {
    const label = escaped(tensorLabel(edge, options));
    lines.push(`  ${places.get(edge.from)} -->${label ? `|"${label}"|` : ""} ${places.get(edge.to)}`);
  }
  return `${lines.join("\n")}\n`;
}

function wordsOf(node: GraphNode, options: LabelOptions): string {
  const { title, count, lines } = labelOf(node, options);
  return [title, ...lines, ...(count ? [count] : [])].map(escaped).join("<br/>");
}

function shapeOf({ kind, isKnown }: GraphNode, words: string): string {
  if (kind === "input") return `(["${words}"])`;
  return isKnown ? `["${words}"]` : `{{"${words}"}}`;
}

function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} _.,:()·…[\]-]/gu, (character) => `#${character.codePointAt(0)};`);
}
