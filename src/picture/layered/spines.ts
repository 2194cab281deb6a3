import type { Net } from "./net.ts";
import type { Rows } from "./rows.ts";

/** Chains of boxes that are to stand straight above each other. */
export interface Spines {
  /** The links that belong to one. */
  readonly isSpine: Uint8Array;
  /** How many boxes are in the spine of each box. */
  readonly length: Int32Array;
  /** The boxes of each spine of several, and how far each stands right of the first. */
  readonly chains: readonly Chain[];
}

export interface Chain {
  readonly cells: readonly number[];
  readonly shifts: readonly number[];
}

/**
 * The main lines of a drawing: from each box goes on the way that is longest, to each leads the one that is; where two
 * are equally long, none is the main one.
 */
export function findSpines(net: Net, { rows, rowOf, links }: Rows): Spines {
  const boxes = net.along.length;
  const depth = new Int32Array(rowOf.length);
  const height = new Int32Array(rowOf.length);
  const { upper, lower, above, below } = links;
  for (const row of rows) {
    for (const cell of row) {
      for (let k = above.start[cell]!; k < above.start[cell + 1]!; k++)
        depth[cell] = Math.max(depth[cell]!, depth[upper[above.items[k]!]!]! + (cell < boxes ? 1 : 0));
    }
  }
  for (let r = rows.length - 1; r >= 0; r--) {
    for (const cell of rows[r]!) {
      for (let k = below.start[cell]!; k < below.start[cell + 1]!; k++)
        height[cell] = Math.max(height[cell]!, height[lower[below.items[k]!]!]! + (cell < boxes ? 1 : 0));
    }
  }
  const isSpine = new Uint8Array(upper.length);
  const length = new Int32Array(boxes).fill(1);
  const onward = new Int32Array(boxes).fill(-1);
  const isFirst = new Uint8Array(boxes).fill(1);
  for (let box = 0; box < boxes; box++) {
    const down = onlyBest(below.items, below.start[box]!, below.start[box + 1]!, lower, height, boxes);
    if (down < 0) continue;
    const target = lower[down]!;
    const up = onlyBest(above.items, above.start[target]!, above.start[target + 1]!, upper, depth, boxes);
    if (up < 0 || upper[up] !== box) continue;
    isSpine[down] = 1;
    onward[box] = down;
    isFirst[target] = 0;
  }
  const chains: Chain[] = [];
  for (let box = 0; box < boxes; box++) {
    if (isFirst[box] === 0 || onward[box] === -1) continue;
    const cells = [box];
    const shifts = [0];
    for (let edge = onward[box]!; edge !== -1; edge = onward[lower[edge]!]!) {
      shifts.push(shifts.at(-1)! + links.upperOffset[edge]! - links.lowerOffset[edge]!);
      cells.push(lower[edge]!);
    }
    for (const cell of cells) length[cell] = cells.length;
    chains.push({ cells, shifts });
  }
  return { isSpine, length, chains };
}

/** The link whose other end is a box with the most behind it; −1 where there is none, or two. */
function onlyBest(
  items: Int32Array,
  from: number,
  to: number,
  ends: Int32Array,
  worth: Int32Array,
  boxes: number,
): number {
  let best = -1;
  let most = -1;
  let isTie = false;
  for (let k = from; k < to; k++) {
    const edge = items[k]!;
    const end = ends[edge]!;
    if (end >= boxes || worth[end]! < most) continue;
    isTie = worth[end] === most && best >= 0 && ends[best] !== end;
    if (worth[end]! > most) isTie = false;
    most = worth[end]!;
    best = edge;
  }
  return isTie ? -1 : best;
}
