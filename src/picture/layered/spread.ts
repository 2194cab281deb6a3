import type { Grouped } from "./net.ts";
import type { Links, Rows } from "./rows.ts";
import type { Spines } from "./spines.ts";

const GAP = 20;
/** Times down and up again. */
const ROUNDS = 4;
const FEW_ROUNDS = 2;
const LARGE = 30_000;
/** How much more a straight main line and a straight bundle count than any other edge. */
const STRAIGHT = 1e6;

/** Where each cell stands across: its middle. */
export function spread(rows: Rows, spines: Spines): Float64Array {
  const { across, links } = rows;
  const x = new Float64Array(across.length);
  for (const row of rows.rows) {
    let end = 0;
    for (const cell of row) {
      x[cell] = end + across[cell]! / 2;
      end += across[cell]! + GAP;
    }
    for (const cell of row) x[cell]! -= (end - GAP) / 2;
  }
  const settle = settler(rows, spines, x);
  const above = (cell: number) => pull(cell, true, links, spines, x);
  const below = (cell: number) => pull(cell, false, links, spines, x);
  const rounds = across.length > LARGE ? FEW_ROUNDS : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    for (const row of rows.rows) settle(row, above);
    for (let i = rows.rows.length - 1; i >= 0; i--) settle(rows.rows[i]!, below);
  }
  for (const row of rows.rows) settle(row, above);
  straighten(rows, spines, x);
  return x;
}

/** Where the neighbours in the row above or below would have a cell. */
function pull(cell: number, down: boolean, links: Links, { isSpine }: Spines, x: Float64Array): number {
  const { start, items } = down ? links.above : links.below;
  const ends = down ? links.upper : links.lower;
  let sum = 0;
  let total = 0;
  for (let k = start[cell]!; k < start[cell + 1]!; k++) {
    const edge = items[k]!;
    const shift = links.upperOffset[edge]! - links.lowerOffset[edge]!;
    const weight = isSpine[edge] === 1 || links.isBundle[edge] === 1 ? STRAIGHT : 1;
    sum += weight * (x[ends[edge]!]! + (down ? shift : -shift));
    total += weight;
  }
  return total === 0 ? x[cell]! : sum / total;
}

/**
 * Gives the cells of a row the places nearest to where they are wanted (by squares, weighted) that keep their order and
 * their distances: cells that would overlap move together as one.
 */
function settler({ rows, across }: Rows, spines: Spines, x: Float64Array) {
  const weight = weigh(rows, spines, across.length);
  const widest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const weights = new Float64Array(widest);
  const means = new Float64Array(widest);
  const counts = new Int32Array(widest);
  return (row: readonly number[], wanted: (cell: number) => number): void => {
    if (row.length === 1) {
      x[row[0]!] = wanted(row[0]!);
      return;
    }
    let groups = 0;
    let offset = 0;
    for (let i = 0; i < row.length; i++) {
      if (i > 0) offset += distance(across, row[i - 1]!, row[i]!);
      let total = weight[row[i]!]!;
      let mean = wanted(row[i]!) - offset;
      let count = 1;
      for (; groups > 0 && means[groups - 1]! > mean; groups--) {
        const other = weights[groups - 1]!;
        mean = (mean * total + means[groups - 1]! * other) / (total + other);
        total += other;
        count += counts[groups - 1]!;
      }
      weights[groups] = total;
      means[groups] = mean;
      counts[groups++] = count;
    }
    offset = 0;
    for (let group = 0, i = 0; group < groups; group++) {
      for (let k = 0; k < counts[group]!; k++, i++) {
        if (i > 0) offset += distance(across, row[i - 1]!, row[i]!);
        x[row[i]!] = means[group]! + offset;
      }
    }
  };
}

/** Who gives way in a row: a cell of a shorter main line to one of a longer one, all but wholly. */
function weigh(rows: readonly (readonly number[])[], { length }: Spines, cells: number): Float64Array {
  const weight = new Float64Array(cells).fill(1);
  for (const row of rows) {
    if (row.length < 2) continue;
    const lengths = [...new Set(row.map((cell) => length[cell] ?? 0))].sort((a, b) => a - b);
    for (const cell of row) weight[cell] = 1e3 ** Math.min(4, lengths.indexOf(length[cell] ?? 0));
  }
  return weight;
}

function distance(across: Float64Array, left: number, right: number): number {
  return (across[left]! + across[right]!) / 2 + GAP;
}

/** Makes main lines and bundles straight where there is room between what stands on both sides of them. */
function straighten(
  { rows, rowOf, across, bundles, links }: Rows,
  { chains }: Spines,
  x: Float64Array,
): void {
  const place = new Int32Array(rowOf.length);
  for (const row of rows) for (const [i, cell] of row.entries()) place[cell] = i;
  const align = (
    count: number,
    cellAt: (i: number) => number,
    shiftAt: (i: number) => number,
    liked: readonly number[] = [],
  ) => {
    let least = Number.NEGATIVE_INFINITY;
    let most = Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const cell = cellAt(i);
      const row = rows[rowOf[cell]!]!;
      const left = row[place[cell]! - 1];
      const right = row[place[cell]! + 1];
      if (left !== undefined) least = Math.max(least, x[left]! + distance(across, left, cell) - shiftAt(i));
      if (right !== undefined) most = Math.min(most, x[right]! - distance(across, cell, right) - shiftAt(i));
      sum += x[cell]! - shiftAt(i);
    }
    if (least > most + 0.5) return;
    const fitting = liked.find((at) => at >= least && at <= most);
    const wanted = fitting ?? Math.min(Math.max(sum / count, least), most);
    for (let i = 0; i < count; i++) x[cellAt(i)] = wanted + shiftAt(i);
  };
  const neighbour = (cell: number, { start, items }: Grouped, ends: Int32Array) =>
    x[ends[items[start[cell]!]!]!]!;
  const runs = [
    ...chains.map(({ cells, shifts }) => ({
      at: x[cells[0]!]!,
      align: () =>
        align(
          cells.length,
          (i) => cells[i]!,
          (i) => shifts[i]!,
        ),
    })),
    ...bundles.map(({ first, count }) => ({
      at: x[first]!,
      align: () =>
        align(
          count,
          (i) => first + i,
          () => 0,
          [
            neighbour(first, links.above, links.upper),
            neighbour(first + count - 1, links.below, links.lower),
          ],
        ),
    })),
  ].sort((one, other) => one.at - other.at);
  for (let pass = 0; pass < 4; pass++) {
    for (const run of pass % 2 === 0 ? runs : runs.toReversed()) run.align();
  }
}
