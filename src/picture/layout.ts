import { ModelError } from "../errors.ts";
import { aCallback, checkOption, checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { checkChoice } from "./check-choice.ts";
import { checkGraph } from "./check-graph.ts";
import { makeContainers } from "./containers.ts";
import { type Drawn, drawContainer, MARGIN } from "./draw-container.ts";
import {
  type Box,
  directions,
  type GraphLayout,
  type LayoutOptions,
  type RankDirection,
} from "./layout-types.ts";
import type { ModelGraph } from "./model-graph.ts";

/**
 * Places a model's layers in rows and its edges between them: few crossings, straight main lines, long edges beside
 * everything. The same graph always gives the same layout.
 *
 * @example
 * const graph = modelGraph(functional);
 * const { boxes } = layoutGraph(graph, { rankdir: "LR" });
 */
export function layoutGraph(graph: ModelGraph, options: LayoutOptions = {}): GraphLayout {
  checkOptions(
    "layoutGraph",
    options,
    { rankdir: true, sizeOf: true, labelOf: true, previous: true },
    ModelError,
  );
  checkGraph("layoutGraph", graph);
  for (const name of ["sizeOf", "labelOf"] as const)
    checkOption("layoutGraph", options, name, aCallback, ModelError);
  const { rankdir = "TB", previous } = options;
  const sizeOf = options.sizeOf ?? (() => ({ width: 120, height: 36 }));
  const labelOf = options.labelOf ?? (() => null);
  checkChoice("layoutGraph", "rankdir", rankdir, directions);
  if (previous != null && !(Array.isArray(previous.boxes) && directions.includes(previous.rankdir)))
    throw new ModelError(
      "layoutGraph",
      `expected previous to be a layout that layoutGraph gave, received ${inspect(previous)}.`,
    );
  const isSideways = rankdir === "LR" || rankdir === "RL";
  const { all, ways } = makeContainers(graph);
  const before = previous
    ? new Map(previous.boxes.map((box) => [box.id, middleOf(box, previous.rankdir)]))
    : null;
  const drawn = new Map<string | null, Drawn>();
  for (const container of all.toReversed()) {
    drawn.set(
      container.id,
      drawContainer(container, { rankdir, isSideways, sizeOf, labelOf, before, drawn }),
    );
  }
  const outermost = drawn.get(null) as Drawn;
  const length = outermost.drawing.length + 2 * MARGIN;
  const breadth = outermost.drawing.breadth + 2 * MARGIN;
  // Where each container begins: across, along.
  const origins = new Map<string | null, readonly [number, number]>([[null, [MARGIN, MARGIN]]]);
  const isTurned = rankdir === "BT" || rankdir === "RL";
  const boxes: Box[] = [];
  for (const { id, items } of all) {
    const { drawing, net } = drawn.get(id) as Drawn;
    const [left, top] = origins.get(id) as readonly [number, number];
    for (const [i, { node }] of items.entries()) {
      if (!node) continue;
      const [across, along] = [net.across[i] as number, net.along[i] as number];
      const x = left + (drawing.across[i] as number) - across / 2;
      const y = top + (drawing.along[i] as number);
      const start = isTurned ? length - y - along : y;
      boxes.push(
        isSideways
          ? { id: node.id, x: start, y: x, width: along, height: across }
          : { id: node.id, x, y: start, width: across, height: along },
      );
      const inner = drawn.get(node.id);
      if (inner) origins.set(node.id, [x + inner.pads.before + inner.slackIn(across), y + inner.pads.start]);
    }
  }
  const routes = ways.map((way) => {
    const route: number[] = [];
    for (const { container, piece } of way) {
      const [left, top] = origins.get(container.id) as readonly [number, number];
      const points = (drawn.get(container.id) as Drawn).drawing.routes[piece] as readonly number[];
      for (let i = 0; i < points.length; i += 2) {
        const across = (points[i] as number) + left;
        const y = (points[i + 1] as number) + top;
        const along = isTurned ? length - y : y;
        if (isSideways) route.push(along, across);
        else route.push(across, along);
      }
    }
    return route;
  });
  const size = isSideways ? { width: length, height: breadth } : { width: breadth, height: length };
  return { ...size, rankdir, boxes, routes };
}

function middleOf({ x, y, width, height }: Box, rankdir: RankDirection): number {
  return rankdir === "LR" || rankdir === "RL" ? y + height / 2 : x + width / 2;
}
