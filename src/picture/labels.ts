import { printable } from "../json/printable.ts";
import { withThousands } from "../models/thousands.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { GraphNode } from "./model-graph.ts";

/** What pictures show of nodes and edges; named as Keras's `plot_model` names it. */
export interface LabelOptions {
  /** Whether edges say the shapes of their tensors. */
  readonly show_shapes: boolean;
  /** Whether they say the dtypes. */
  readonly show_dtype: boolean;
  readonly show_layer_names: boolean;
  readonly show_layer_activations: boolean;
  readonly show_trainable: boolean;
}

/** A node in words: the name of its class, and what stands below it. */
export interface NodeLabel {
  readonly title: string;
  /** How many parameters it has; nothing where it has none. */
  readonly count: string;
  readonly lines: readonly string[];
}

const longest = 48;

export function labelOf(node: GraphNode, options: LabelOptions): NodeLabel {
  const lines: string[] = [];
  if (options.show_layer_names) lines.push(short(node.name));
  const facts: string[] = [];
  if (options.show_layer_activations && node.activation !== null) facts.push(short(node.activation));
  if (options.show_trainable && node.trainable !== null)
    facts.push(node.trainable ? "trainable" : "not trainable");
  if (facts.length > 0) lines.push(facts.join(" · "));
  const count =
    node.parameters === null ? "unbuilt" : node.parameters > 0 ? withThousands(node.parameters) : "";
  return { title: short(node.className), count, lines };
}

/** What stands at a tensor: its shape, its dtype, or both. */
export function tensorLabel(
  { shape, dtype }: { readonly shape: Shape | null; readonly dtype: string | null },
  options: LabelOptions,
): string {
  const parts: string[] = [];
  if (options.show_shapes && shape) parts.push(formatShape(shape));
  if (options.show_dtype && dtype !== null) parts.push(dtype);
  return parts.join(" ");
}

function short(text: string): string {
  const characters = [...printable(text)];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : characters.join("");
}
