import type { GraphNode } from "./model-graph.ts";

/** Where the layers of a model are in a picture, in pixels from its upper left corner: plain data. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly rankdir: RankDirection;
  readonly boxes: readonly Box[];
  /** The bends of each edge of the graph, then of each of its outputs: `[x, y]` and so on, from its origin on. */
  readonly routes: readonly (readonly number[])[];
}

/** From top to bottom, from left to right, or the other way. */
export type RankDirection = "TB" | "LR" | "BT" | "RL";

export const directions: readonly RankDirection[] = ["TB", "LR", "BT", "RL"];

/** The place of a node; `x` and `y` are its upper left corner. */
export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  /** Which way the model runs. Defaults to `TB`, from top to bottom. */
  readonly rankdir?: RankDirection;
  /** The size of a node in pixels. An open model's is that of its title. Defaults to 120 × 36. */
  readonly sizeOf?: (node: GraphNode) => Size;
  /** The size of what stands at a tensor, told by the id of its node and which output it is. Defaults to nothing. */
  readonly labelOf?: (node: string, output: number) => Size | null;
  /** A layout of a graph that was alike: what stood left of what stays so, and what is new is fitted in. */
  readonly previous?: GraphLayout | null;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
