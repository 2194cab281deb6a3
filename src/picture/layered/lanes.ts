import type { Lane, Rows } from "./rows.ts";

const GAP = 14;

/**
 * Where the edges run that are beside everything: right of all that stands in the rows they pass, a longer one outside
 * of those it goes around, one below another where there is room.
 */
export function placeLanes({ rows, across, lanes }: Rows, x: Float64Array): Float64Array {
  const tracks = findTracks(lanes, rows.length);
  const places = new Float64Array(lanes.length);
  const byStart = [...lanes.keys()].sort((a, b) => lanes[a]!.firstRow - lanes[b]!.firstRow);
  for (let i = 0; i < byStart.length; ) {
    // Those that overlap, in one go.
    const group: number[] = [];
    const start = lanes[byStart[i]!]!.firstRow;
    let end = start;
    for (; i < byStart.length && (group.length === 0 || lanes[byStart[i]!]!.firstRow <= end); i++) {
      group.push(byStart[i]!);
      end = Math.max(end, lanes[byStart[i]!]!.lastRow);
    }
    let edge = Number.NEGATIVE_INFINITY;
    for (let row = start; row <= end; row++)
      for (const cell of rows[row]!) edge = Math.max(edge, x[cell]! + across[cell]! / 2);
    for (const lane of group) places[lane] = Math.round(edge) + GAP * (1 + tracks[lane]!);
  }
  return places;
}

/** A track for each lane, from the inside out: of those that overlap no two have the same. */
function findTracks(lanes: readonly Lane[], count: number): Int32Array {
  const tracks = new Int32Array(lanes.length);
  // The lanes that begin and end in each row, each pointing at the next of its row.
  const [starting, ending] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  const [nextStarting, nextEnding] = [new Int32Array(lanes.length), new Int32Array(lanes.length)];
  const lastRows = Int32Array.from(lanes, ({ lastRow }) => lastRow);
  const taken = new Int32Array(lanes.length + 1).fill(-1);
  const length = ({ firstRow, lastRow }: Lane) => lastRow - firstRow;
  const order = [...lanes.keys()].sort((a, b) => length(lanes[a]!) - length(lanes[b]!) || a - b);
  for (const [turn, lane] of order.entries()) {
    const { firstRow, lastRow } = lanes[lane]!;
    let inside = -1;
    for (let row = firstRow; row <= lastRow; row++) {
      for (let other = starting[row]!; other >= 0; other = nextStarting[other]!) {
        const track = tracks[other]!;
        if (track > inside && lastRows[other]! <= lastRow) inside = track;
        taken[track] = turn;
      }
      for (let other = ending[row]!; other >= 0; other = nextEnding[other]!) taken[tracks[other]!] = turn;
    }
    let track = inside + 1;
    while (taken[track] === turn) track++;
    tracks[lane] = track;
    nextStarting[lane] = starting[firstRow]!;
    starting[firstRow] = lane;
    nextEnding[lane] = ending[lastRow]!;
    ending[lastRow] = lane;
  }
  return tracks;
}
