import type { Links, Rows } from "./rows.ts";

/** Sweeps over all rows; more for small drawings, where they cost nothing. */
const MANY_SWEEPS = 12;
const FEW_SWEEPS = 4;
const LARGE = 30_000;

/**
 * Puts the cells of each row into an order with few crossings: each goes where its neighbours in the row above are in
 * the middle, then in the row below, down and up again. What is even stays as it was. The best order met is kept.
 */
export function orderRows({ rows, rowOf, across, links }: Rows): void {
  const place = new Int32Array(rowOf.length);
  const wish = new Float64Array(rowOf.length);
  number(rows, place);
  let best = rows.map((row) => row.slice());
  let fewest = countCrossings(rows, links, place);
  const sweeps = rowOf.length > LARGE ? FEW_SWEEPS : MANY_SWEEPS;
  for (let sweep = 0, idle = 0; sweep < sweeps && fewest > 0 && idle < 4; sweep++) {
    const down = sweep % 2 === 0;
    for (let i = 1; i < rows.length; i++) {
      const row = rows[down ? i : rows.length - 1 - i]!;
      if (row.length < 2) continue;
      for (const cell of row) wish[cell] = middle(cell, down, links, across, place);
      row.sort((a, b) => wish[a]! - wish[b]! || place[a]! - place[b]!);
      for (const [i, cell] of row.entries()) place[cell] = i;
    }
    const crossings = countCrossings(rows, links, place);
    idle = crossings < fewest ? 0 : idle + 1;
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = rows.map((row) => row.slice());
  }
  for (const [i, row] of best.entries()) rows[i] = row;
}

/**
 * Keeps an order that there was: boxes stand from left to right by their `keys`, new ones (NaN) in the middle of their
 * neighbours.
 */
export function keepOrder({ rows, rowOf, links }: Rows, keys: Float64Array): void {
  const key = new Float64Array(rowOf.length).fill(Number.NaN);
  key.set(keys);
  for (const down of [true, false]) {
    for (let i = 0; i < rows.length; i++) {
      for (const cell of rows[down ? i : rows.length - 1 - i]!) {
        if (Number.isNaN(key[cell]!)) key[cell] = mean(cell, down, links, key);
      }
    }
  }
  for (const row of rows) row.sort((a, b) => (key[a]! || 0) - (key[b]! || 0) || a - b);
}

function mean(cell: number, down: boolean, { above, below, upper, lower }: Links, key: Float64Array): number {
  const { start, items } = down ? above : below;
  const ends = down ? upper : lower;
  let sum = 0;
  let count = 0;
  for (let k = start[cell]!; k < start[cell + 1]!; k++) {
    const value = key[ends[items[k]!]!]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

function number(rows: readonly number[][], place: Int32Array): void {
  for (const row of rows) for (const [i, cell] of row.entries()) place[cell] = i;
}

/** Where a cell wants to stand; a bundle goes straight on, so that bundles cross each other where they begin or end. */
function middle(cell: number, down: boolean, links: Links, across: Float64Array, place: Int32Array): number {
  const { start, items } = down ? links.above : links.below;
  const ends = down ? links.upper : links.lower;
  const offsets = down ? links.upperOffset : links.lowerOffset;
  let sum = 0;
  let count = 0;
  for (let k = start[cell]!; k < start[cell + 1]!; k++) {
    const edge = items[k]!;
    const end = ends[edge]!;
    if (links.isBundle[edge] === 1) return place[end]!;
    sum += place[end]! + offsets[edge]! / (across[end]! + 1);
    count++;
  }
  return count === 0 ? place[cell]! : sum / count;
}

function countCrossings(rows: readonly number[][], links: Links, place: Int32Array): number {
  let crossings = 0;
  const { start, items } = links.below;
  for (let r = 0; r + 1 < rows.length; r++) {
    const width = rows[r + 1]!.length;
    if (width < 2 || rows[r]!.length < 2) continue;
    const tree = new Int32Array(width + 1);
    let seen = 0;
    for (const cell of rows[r]!) {
      for (let k = start[cell]!; k < start[cell + 1]!; k++) {
        // Those that end further left or at the same place are no crossings.
        let before = 0;
        for (let i = place[links.lower[items[k]!]!]! + 1; i > 0; i -= i & -i) before += tree[i]!;
        crossings += seen - before;
      }
      for (let k = start[cell]!; k < start[cell + 1]!; k++) {
        for (let i = place[links.lower[items[k]!]!]! + 1; i <= width; i += i & -i) tree[i]! += 1;
        seen++;
      }
    }
  }
  return crossings;
}
