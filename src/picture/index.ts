export { type GraphOptions, modelGraph } from "./graph-of.ts";
export { layoutGraph } from "./layout.ts";
export type { Box, GraphLayout, LayoutOptions, RankDirection, Size } from "./layout-types.ts";
export type { GraphEdge, GraphNode, GraphOutput, ModelGraph } from "./model-graph.ts";
export {
  type DrawOptions,
  drawGraph,
  type PictureFormat,
  type PlotOptions,
  plotModel,
} from "./plot-model.ts";
