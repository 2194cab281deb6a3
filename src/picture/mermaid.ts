import { type LabelOptions, labelOf, tensorLabel } from "./labels.ts";
import type { RankDirection } from "./layout-types.ts";
import type { GraphNode, ModelGraph } from "./model-graph.ts";
import { nodesInside, walkNodes } from "./nodes-inside.ts";

export interface TextOptions extends LabelOptions {
  readonly rankdir: RankDirection;
}

/** A graph as a flowchart of Mermaid, which code hosts and note books draw. */
export function writeMermaid(graph: ModelGraph, options: TextOptions): string {
  const places = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
  const lines = [`flowchart ${options.rankdir}`];
  walkNodes(
    nodesInside(graph),
    (node, depth) => {
      const place = places.get(node.id);
      const words = wordsOf(node, options);
      const text = node.isOpen ? `subgraph ${place}["${words}"]` : `${place}${shapeOf(node, words)}`;
      lines.push(`${"  ".repeat(depth)}${text}`);
    },
    (depth) => lines.push(`${"  ".repeat(depth)}end`),
  );
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
