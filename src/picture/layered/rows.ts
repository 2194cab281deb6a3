import { type Grouped, groupBy, type Net } from "./net.ts";
import type { Ranks } from "./ranks.ts";

/** How many layers an edge may cross between the boxes; one that is longer runs beside them all. */
const LONGEST = 16;

/** How much room an edge needs that passes a layer. */
const EDGE_ACROSS = 6;

/**
 * The layers as rows of cells. A cell is a box (its number is that of the box) or the place where an edge passes a
 * layer. Edges of one origin that pass a layer do so together.
 */
export interface Rows {
  /** The cells of each row, from left to right. */
  readonly rows: number[][];
  readonly rowOf: Int32Array;
  readonly across: Float64Array;
  /** Between a cell and one of the next row: all edges, each cut where it passes a layer. */
  readonly links: Links;
  /** Runs of cells that one bundle of edges passes: numbered one after the other, `count` from `first` on. */
  readonly bundles: readonly { readonly first: number; readonly count: number }[];
  /** Edges that run beside everything, with the layers they pass. */
  readonly lanes: readonly Lane[];
  /** For each edge the bundle or lane it is in: bundles from 0 on, lanes from −2 down, −1 for none. */
  readonly carrier: Int32Array;
}

export interface Links {
  readonly upper: Int32Array;
  readonly lower: Int32Array;
  /** Where it meets them, across, from their middle. */
  readonly upperOffset: Float64Array;
  readonly lowerOffset: Float64Array;
  /** Whether it goes on in a bundle, which is to be straight. */
  readonly isBundle: Uint8Array;
  readonly above: Grouped;
  readonly below: Grouped;
}

export interface Lane {
  readonly firstRow: number;
  readonly lastRow: number;
}

export function makeRows(net: Net, ranks: Ranks): Rows {
  const { rank, count, isBack, upper, lower, upperOffset, lowerOffset } = ranks;
  const boxes = net.along.length;
  const rows: number[][] = Array.from({ length: count }, () => []);
  const rowOf: number[] = [...rank];
  const across: number[] = [...net.across];
  for (let box = 0; box < boxes; box++) rows[rank[box]!]!.push(box);
  const carrier = new Int32Array(net.from.length).fill(-1);
  const lists = { upper: [], lower: [], upperOffset: [], lowerOffset: [], isBundle: [] } as LinkLists;
  const groups = new Map<string | number, number[]>();
  for (let edge = 0; edge < net.from.length; edge++) {
    const [start, end] = [upper[edge]!, lower[edge]!];
    if (start === end) continue;
    const span = rank[end]! - rank[start]!;
    if (span <= 1) {
      link(lists, start, end, upperOffset[edge]!, lowerOffset[edge]!, 0);
      continue;
    }
    // Edges of one origin go together, the long ones and the others; those that run upwards alone.
    const kind = 2 * start + (span > LONGEST ? 1 : 0);
    const offset = upperOffset[edge]!;
    const key = isBack[edge] === 1 ? -1 - edge : offset === 0 ? kind : `${kind} ${offset}`;
    const group = groups.get(key);
    if (group) group.push(edge);
    else groups.set(key, [edge]);
  }
  const bundles: { first: number; count: number }[] = [];
  const lanes: Lane[] = [];
  for (const edges of groups.values()) {
    const [origin, offset] = [upper[edges[0]!]!, upperOffset[edges[0]!]!];
    const firstRow = rank[origin]! + 1;
    let lastRow = firstRow;
    for (const edge of edges) lastRow = Math.max(lastRow, rank[lower[edge]!]! - 1);
    if (lastRow - firstRow + 2 > LONGEST) {
      lanes.push({ firstRow, lastRow });
      for (const edge of edges) carrier[edge] = -1 - lanes.length;
      continue;
    }
    const first = rowOf.length;
    for (let row = firstRow; row <= lastRow; row++) {
      const cell = rowOf.length;
      rowOf.push(row);
      across.push(EDGE_ACROSS);
      rows[row]!.push(cell);
      if (cell === first) link(lists, origin, cell, offset, 0, 0);
      else link(lists, cell - 1, cell, 0, 0, 1);
    }
    for (const edge of edges) {
      carrier[edge] = bundles.length;
      link(lists, first + rank[lower[edge]!]! - 1 - firstRow, lower[edge]!, 0, lowerOffset[edge]!, 0);
    }
    bundles.push({ first, count: lastRow - firstRow + 1 });
  }
  const cells = rowOf.length;
  return {
    rows,
    rowOf: Int32Array.from(rowOf),
    across: Float64Array.from(across),
    links: {
      upper: Int32Array.from(lists.upper),
      lower: Int32Array.from(lists.lower),
      upperOffset: Float64Array.from(lists.upperOffset),
      lowerOffset: Float64Array.from(lists.lowerOffset),
      isBundle: Uint8Array.from(lists.isBundle),
      above: groupBy(Int32Array.from(lists.lower), cells),
      below: groupBy(Int32Array.from(lists.upper), cells),
    },
    bundles,
    lanes,
    carrier,
  };
}

type LinkLists = Record<"upper" | "lower" | "upperOffset" | "lowerOffset" | "isBundle", number[]>;

function link(
  lists: LinkLists,
  upper: number,
  lower: number,
  upperOffset: number,
  lowerOffset: number,
  isBundle: number,
): void {
  lists.upper.push(upper);
  lists.lower.push(lower);
  lists.upperOffset.push(upperOffset);
  lists.lowerOffset.push(lowerOffset);
  lists.isBundle.push(isBundle);
}
