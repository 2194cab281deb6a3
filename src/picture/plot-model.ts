import { ModelError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { checkModel } from "../models/check-model.ts";
import type { LayerRange } from "../models/layer-range.ts";
import type { Model } from "../models/model.ts";
import { checkChoice } from "./check-choice.ts";
import { checkGraph } from "./check-graph.ts";
import { writeDot } from "./dot.ts";
import { makeGraph } from "./graph-of.ts";
import { directions, type GraphLayout, type RankDirection } from "./layout-types.ts";
import { writeMermaid } from "./mermaid.ts";
import type { ModelGraph } from "./model-graph.ts";
import { drawSvg } from "./svg.ts";

/** What a picture is written as: an SVG image, a flowchart of Mermaid, a graph of Graphviz. */
export type PictureFormat = "svg" | "mermaid" | "dot";

/** How a graph is drawn; named as the options of Keras's `plot_model`, where that has them. */
export interface DrawOptions {
  /** Whether edges say the shapes of their tensors. Defaults to false. */
  readonly show_shapes?: boolean;
  /** Whether edges say the dtypes of their tensors. Defaults to false. */
  readonly show_dtype?: boolean;
  /** Whether nodes say the names of their layers. Defaults to false. */
  readonly show_layer_names?: boolean;
  /** Whether nodes say their activations. Defaults to false. */
  readonly show_layer_activations?: boolean;
  /** Whether nodes with weights say whether they are trained. Defaults to false. */
  readonly show_trainable?: boolean;
  /** `TB` from top to bottom, `LR` from left to right, `BT` and `RL` the other way. Defaults to `TB`. */
  readonly rankdir?: RankDirection;
  /** Dots per inch: the size that the picture says it has, at 96 one pixel for each of its own. Defaults to 96. */
  readonly dpi?: number;
  /** What is written. Defaults to `svg`. */
  readonly format?: PictureFormat;
  /** A layout of the graph before it was changed: what it has keeps its order. For `svg` only. */
  readonly previous?: GraphLayout | null;
}

export interface PlotOptions extends DrawOptions {
  /** Whether models inside are drawn as boxes with their layers. Defaults to false. */
  readonly expand_nested?: boolean;
  /** Names, or regular expressions for names, of the first and the last layer to show. Defaults to all. */
  readonly layer_range?: LayerRange | undefined;
}

const optionNames = {
  show_shapes: true,
  show_dtype: true,
  show_layer_names: true,
  show_layer_activations: true,
  show_trainable: true,
  rankdir: true,
  dpi: true,
  format: true,
  previous: true,
} as const;
const formats: readonly PictureFormat[] = ["svg", "mermaid", "dot"];

/**
 * A picture of a model, as Keras's `plot_model` has it, as text: an SVG image that is light or dark as its reader likes
 * it, or the text of a Mermaid or Graphviz graph. Nothing is computed; the same model gives the same bytes.
 * Source: Keras 3.6 `utils/model_visualization.py`.
 *
 * @example
 * const svg = plotModel(functional, { show_shapes: true, show_layer_names: true, expand_nested: true });
 */
export function plotModel(model: Model, options: PlotOptions = {}): string {
  checkOptions("plotModel", options, { ...optionNames, expand_nested: true, layer_range: true }, ModelError);
  checkModel("plotModel", model);
  const { expand_nested = false, layer_range, ...rest } = options;
  return draw("plotModel", makeGraph("plotModel", model, { expand_nested, layer_range }), rest);
}

/**
 * The same picture of a graph that is there as data, as it is or changed.
 *
 * @example
 * const graph = modelGraph(functional);
 * const flowchart = drawGraph(graph, { format: "mermaid" });
 */
export function drawGraph(graph: ModelGraph, options: DrawOptions = {}): string {
  checkOptions("drawGraph", options, optionNames, ModelError);
  checkGraph("drawGraph", graph);
  return draw("drawGraph", graph, options);
}

function draw(name: string, graph: ModelGraph, options: DrawOptions): string {
  const {
    show_shapes = false,
    show_dtype = false,
    show_layer_names = false,
    show_layer_activations = false,
    show_trainable = false,
    rankdir = "TB",
    format = "svg",
    dpi = null,
    previous = null,
  } = options;
  checkChoice(name, "format", format, formats);
  checkChoice(name, "rankdir", rankdir, directions);
  if (dpi !== null && !(Number.isFinite(dpi) && dpi > 0))
    throw new ModelError(name, `expected dpi to be a positive number, received ${inspect(dpi)}.`);
  const labels = { show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable };
  if (format === "mermaid") return writeMermaid(graph, { ...labels, rankdir });
  if (format === "dot") return writeDot(graph, { ...labels, rankdir, dpi });
  return drawSvg(graph, { ...labels, rankdir, dpi: dpi ?? 96, previous });
}
