import { printable } from "../json/printable.ts";
import { largest } from "../largest.ts";
import { type LabelOptions, labelOf, type NodeLabel, tensorLabel } from "./labels.ts";
import { layoutGraph } from "./layout.ts";
import type { Box, GraphLayout, RankDirection, Size } from "./layout-types.ts";
import type { GraphNode, ModelGraph } from "./model-graph.ts";
import { style } from "./svg-style.ts";
import { textWidth } from "./text-width.ts";

export interface SvgOptions extends LabelOptions {
  readonly rankdir: RankDirection;
  /** Dots per inch of the picture's own size: 96 for one pixel each. */
  readonly dpi: number;
  /** A layout to keep to, of the graph before a change. */
  readonly previous: GraphLayout | null;
}

/** Sizes of letters, as the style has them. */
const TITLE = 13;
const SMALL = 11;
const LINE = 15;
const PAD = 10;

/** A picture of a graph: an SVG file of its own, in light or dark as its reader likes it. */
export function drawSvg(graph: ModelGraph, options: SvgOptions): string {
  const labels = new Map(graph.nodes.map((node) => [node.id, labelOf(node, options)]));
  const tensors = tensorLabels(graph, options);
  const layout = layoutGraph(graph, {
    rankdir: options.rankdir,
    sizeOf: (node) => sizeOf(labels.get(node.id) as NodeLabel, node),
    labelOf: (node, output) => {
      const text = tensors.get(`${node}\n${output}`);
      return text ? { width: textWidth(text, SMALL) + 14, height: 22 } : null;
    },
    previous: options.previous,
  });
  const { under, over } = boxes(graph, layout, labels);
  const { paths, texts } = edges(graph, layout, tensors);
  return [...head(graph, layout, options.dpi), ...under, ...paths, ...over, ...texts, "</svg>\n"].join("\n");
}

function sizeOf({ title, count, lines }: NodeLabel, node: GraphNode): Size {
  const first = textWidth(title, TITLE, true) + (count ? 14 + textWidth(count, SMALL) : 0);
  if (node.isOpen) {
    const inline = lines.map((line) => 10 + textWidth(line, SMALL));
    return { width: inline.reduce((sum, width) => sum + width, first), height: LINE };
  }
  const width = largest(
    lines.map((line) => textWidth(line, SMALL)),
    first,
  );
  return { width: width + 2 * PAD + 4, height: LINE * (1 + lines.length) + 13 };
}

/** What stands at each tensor, by its origin; where several edges carry one tensor, once. */
function tensorLabels(graph: ModelGraph, options: LabelOptions): Map<string, string> {
  const labels = new Map<string, string>();
  for (const edge of graph.edges) labels.set(`${edge.from}\n${edge.output}`, tensorLabel(edge, options));
  for (const made of graph.outputs) labels.set(`${made.node}\n${made.output}`, tensorLabel(made, options));
  return labels;
}

function head(graph: ModelGraph, { width, height }: GraphLayout, dpi: number): string[] {
  const [shownWidth, shownHeight] = [width, height].map((size) => round((size * dpi) / 96));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="model" width="${shownWidth}" height="${shownHeight}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(`${graph.className} ${graph.name}`)}</title>`,
    `<style>${style}</style>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0.5 0.8 7.5 4 0.5 7.2 2 4z"/></marker></defs>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
  ];
}

/** The boxes of open models, under all edges; then their titles and everything else, above them. */
function boxes(
  graph: ModelGraph,
  { boxes }: GraphLayout,
  labels: ReadonlyMap<string, NodeLabel>,
): { under: string[]; over: string[] } {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const under: string[] = [];
  const over: string[] = [];
  for (const box of boxes) {
    const node = nodes.get(box.id) as GraphNode;
    const label = labels.get(box.id) as NodeLabel;
    if (node.isOpen) under.push(frame(box, node));
    over.push(node.isOpen ? heading(box, node, label) : closedBox(box, node, label));
  }
  return { under, over };
}

function frame({ x, y, width, height }: Box, node: GraphNode): string {
  return `<g class="${classesOf(node)}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/></g>`;
}

function heading({ x, y }: Box, node: GraphNode, { title, count, lines }: NodeLabel): string {
  const words = [
    `<tspan class="title">${escaped(title)}</tspan>`,
    ...lines.map((line) => `<tspan dx="8">${escaped(line)}</tspan>`),
    ...(count ? [`<tspan class="count" dx="10">${count}</tspan>`] : []),
  ];
  return `<g>${tooltip(node)}<text class="heading" x="${x + 12}" y="${y + 19}">${words.join("")}</text></g>`;
}

function closedBox(
  { x, y, width, height }: Box,
  node: GraphNode,
  { title, count, lines }: NodeLabel,
): string {
  const round = node.kind === "input" ? height / 2 : 6;
  const text = height - 13 - LINE * (1 + lines.length);
  const first = y + text / 2 + 19;
  const [left, right] = [x + PAD + 2, x + width - PAD - 2];
  const isAlone = count === "";
  const at = isAlone ? `class="title middle" x="${x + width / 2}"` : `class="title" x="${left}"`;
  const anchor = isAlone ? `class="middle" x="${x + width / 2}"` : `x="${left}"`;
  return [
    `<g class="${classesOf(node)}">${tooltip(node)}`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`,
    `<text ${at} y="${first}">${escaped(title)}</text>`,
    isAlone ? "" : `<text class="count" x="${right}" y="${first}">${count}</text>`,
    ...lines.map((line, i) => `<text ${anchor} y="${first + LINE * (i + 1)}">${escaped(line)}</text>`),
    "</g>",
  ].join("");
}

function classesOf({ kind, isOpen, isKnown, parameters, trainable }: GraphNode): string {
  const classes: string[] = [isOpen ? "open" : kind];
  if (!isKnown) classes.push("unknown");
  if (!isOpen && parameters !== 0 && trainable !== null) classes.push(trainable ? "trained" : "frozen");
  return classes.join(" ");
}

/** Shown where the mouse rests: the whole name, which a box may cut. */
function tooltip({ id, className, isKnown }: GraphNode): string {
  return `<title>${escaped(`${id} (${className}${isKnown ? "" : ", unknown"})`)}</title>`;
}

function edges(
  graph: ModelGraph,
  { routes, rankdir }: GraphLayout,
  labels: ReadonlyMap<string, string>,
): { paths: string[]; texts: string[] } {
  const isSideways = rankdir === "LR" || rankdir === "RL";
  const paths: string[] = [];
  const texts: string[] = [];
  const labelled = new Set<string>();
  const from = [
    ...graph.edges.map(({ from, output }) => `${from}\n${output}`),
    ...graph.outputs.map(({ node, output }) => `${node}\n${output}`),
  ];
  for (const [i, route] of routes.entries()) {
    const isEnd = i >= graph.edges.length;
    paths.push(
      `<path class="edge" d="${pathOf(route, isSideways)}"${isEnd ? "" : ' marker-end="url(#arrow)"'}/>`,
    );
    if (isEnd) paths.push(dot(route, isSideways, rankdir));
    const key = from[i] as string;
    const label = labels.get(key);
    if (!label || labelled.has(key)) continue;
    labelled.add(key);
    texts.push(labelAt(route, label, rankdir));
  }
  return { paths, texts };
}

function labelAt(route: readonly number[], label: string, rankdir: RankDirection): string {
  const [x = 0, y = 0] = route;
  const text = escaped(label);
  if (rankdir === "LR") return `<text class="shape start" x="${x + 5}" y="${y - 5}">${text}</text>`;
  if (rankdir === "RL") return `<text class="shape end" x="${x - 5}" y="${y - 5}">${text}</text>`;
  return `<text class="shape" x="${x}" y="${y + (rankdir === "TB" ? 16 : -8)}">${text}</text>`;
}

/** Straight on where two bends are in line, else a curve that begins and ends straight. */
function pathOf(route: readonly number[], isSideways: boolean): string {
  let path = `M${route[0]} ${route[1]}`;
  for (let i = 2; i < route.length; i += 2) {
    const [x, y, toX, toY] = route.slice(i - 2, i + 2) as [number, number, number, number];
    if (x === toX) path += `V${toY}`;
    else if (y === toY) path += `H${toX}`;
    else if (isSideways) path += `C${round((x + toX) / 2)} ${y} ${round((x + toX) / 2)} ${toY} ${toX} ${toY}`;
    else path += `C${x} ${round((y + toY) / 2)} ${toX} ${round((y + toY) / 2)} ${toX} ${toY}`;
  }
  return path;
}

/** The end of an output. */
function dot(route: readonly number[], isSideways: boolean, rankdir: RankDirection): string {
  const [x = 0, y = 0] = route.slice(-2);
  const shift = rankdir === "TB" || rankdir === "LR" ? 5 : -5;
  return `<circle class="result" cx="${isSideways ? x + shift : x}" cy="${isSideways ? y : y + shift}" r="5"/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
