import { placeLanes } from "./lanes.ts";
import type { Net } from "./net.ts";
import { keepOrder, orderRows } from "./order.ts";
import { findRanks, type Ranks } from "./ranks.ts";
import { makeRows, type Rows } from "./rows.ts";
import { findSpines } from "./spines.ts";
import { spread } from "./spread.ts";

export interface LayeredOptions {
  /** Between two layers, without the stubs. */
  readonly gap: number;
  /** Where boxes stood in a drawing that there was, across; NaN for new ones. */
  readonly before: Float64Array | null;
}

/** Boxes and edges with their places: `along` the layers and `across`, both from 0 on. */
export interface Drawing {
  /** The middle of each box across, and its beginning along. */
  readonly across: Float64Array;
  readonly along: Float64Array;
  /** For each edge its bends: across and along, one after the other. */
  readonly routes: readonly (readonly number[])[];
  readonly breadth: number;
  readonly length: number;
}

/** How far an edge from a box to itself stands off. */
const LOOP = 18;

/** Draws a graph in layers. Time and room grow with the edges, however long they are; nothing recurses. */
export function drawLayered(net: Net, { gap, before }: LayeredOptions): Drawing {
  const boxes = net.along.length;
  if (boxes === 0) return { across: x0, along: x0, routes: [], breadth: 0, length: 0 };
  const ranks = findRanks(net);
  const rows = makeRows(net, ranks);
  if (before) keepOrder(rows, before);
  else orderRows(rows);
  const x = spread(rows, findSpines(net, rows)).map(Math.round);
  const bands = layRows(net, rows, gap);
  const tops = net.along.map((size, box) => {
    const row = ranks.rank[box]!;
    return Math.round(bands.start[row]! + (bands.size[row]! - size) / 2);
  });
  const places = { x, tops, bands, lanes: placeLanes(rows, x) };
  const routes = Array.from(net.from, (_, edge) => routeOf(net, ranks, rows, places, edge));
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [box, size] of net.across.entries()) {
    least = Math.min(least, x[box]! - size / 2);
    most = Math.max(most, x[box]! + size / 2);
  }
  for (const route of routes) {
    for (let i = 0; i < route.length; i += 2) {
      least = Math.min(least, route[i]!);
      most = Math.max(most, route[i]!);
    }
  }
  least = Math.floor(least);
  for (const route of routes) for (let i = 0; i < route.length; i += 2) route[i]! -= least;
  return {
    across: x.slice(0, boxes).map((middle) => middle - least),
    along: tops,
    routes,
    breadth: most - least,
    length: bands.start.at(-1)! + bands.size.at(-1)!,
  };
}

const x0 = new Float64Array();

/** The layers along: where each begins, how far its boxes reach, and where edges may bend behind it. */
interface Bands {
  readonly start: Float64Array;
  readonly size: Float64Array;
  readonly end: Float64Array;
}

function layRows({ along, stubs }: Net, { rows }: Rows, gap: number): Bands {
  const start = new Float64Array(rows.length);
  const size = new Float64Array(rows.length);
  const end = new Float64Array(rows.length);
  let next = 0;
  for (const [i, row] of rows.entries()) {
    let stub = 0;
    for (const cell of row) {
      size[i] = Math.max(size[i]!, along[cell] ?? 0);
      stub = Math.max(stub, stubs[cell] ?? 0);
    }
    // Where there is nothing but ends of edges, they need little room.
    const isEmpty = size[i] === 0;
    start[i] = isEmpty && i > 0 ? next - gap / 2 : next;
    end[i] = start[i]! + size[i]! + stub;
    next = end[i]! + (isEmpty ? gap / 2 : gap);
  }
  return { start, size, end };
}

interface Places {
  readonly x: Float64Array;
  /** Where each box begins, along. */
  readonly tops: Float64Array;
  readonly bands: Bands;
  readonly lanes: Float64Array;
}

/** The bends of an edge: straight down from its box, from layer to layer, down to the other box. */
function routeOf(net: Net, ranks: Ranks, rows: Rows, places: Places, edge: number): number[] {
  const { x, tops, bands, lanes } = places;
  const [upper, lower] = [ranks.upper[edge]!, ranks.lower[edge]!];
  if (upper === lower) return loopAt(x[upper]! + net.across[upper]! / 2, tops[upper]!, net.along[upper]!);
  const [firstRow, lastRow] = [ranks.rank[upper]!, ranks.rank[lower]!];
  const route: number[] = [];
  pass(route, x[upper]! + ranks.upperOffset[edge]!, tops[upper]! + net.along[upper]!, bands.end[firstRow]!);
  const carrier = rows.carrier[edge]!;
  if (carrier < -1) pass(route, lanes[-2 - carrier]!, bands.start[firstRow + 1]!, bands.end[lastRow - 1]!);
  if (carrier >= 0) {
    const { first } = rows.bundles[carrier]!;
    for (let row = firstRow + 1; row < lastRow; row++)
      pass(route, x[first + row - firstRow - 1]!, bands.start[row]!, bands.end[row]!);
  }
  pass(route, x[lower]! + ranks.lowerOffset[edge]!, bands.start[lastRow]!, tops[lower]!);
  return ranks.isBack[edge] === 1 ? reversed(route) : route;
}

/** Goes straight on at one place from `start` to `end`; goes on where it stands already. */
function pass(route: number[], at: number, start: number, end: number): void {
  const stands = route.length > 0 && Math.abs(route[route.length - 2]! - at) < 0.5;
  if (!stands) route.push(at, start);
  const [x, y] = [route[route.length - 2]!, route[route.length - 1]!];
  if (y === end) return;
  if (route.length > 2 && route[route.length - 4] === x) route[route.length - 1] = end;
  else route.push(x, end);
}

function loopAt(side: number, top: number, along: number): number[] {
  const [from, to] = [top + 0.7 * along, top + 0.3 * along];
  return [side, from, side + LOOP, from, side + LOOP, to, side, to];
}

function reversed(route: readonly number[]): number[] {
  const turned: number[] = [];
  for (let i = route.length - 2; i >= 0; i -= 2) turned.push(route[i]!, route[i + 1]!);
  return turned;
}
