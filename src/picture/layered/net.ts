/** Boxes and the edges between them, as one drawing of layers takes them: boxes and edges are numbers. */
export interface Net {
  /** How far each box reaches in the direction of the layers, and across it. */
  readonly along: Float64Array;
  readonly across: Float64Array;
  /** How far edges go straight on from each box before they bend: the room for their labels. */
  readonly stubs: Float64Array;
  /** Where a box has to be: in the first layer, in the last one, or (0) wherever it fits. */
  readonly pins: Int8Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Where an edge leaves and meets its boxes, across, from their middle. */
  readonly fromOffset: Float64Array;
  readonly toOffset: Float64Array;
}

export const PIN_FIRST = 1;
export const PIN_LAST = 2;

/** The items of each group one after the other: those of group g stand from `start[g]` to `start[g + 1]`. */
export interface Grouped {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** Groups the indices of a list by their keys; a key of −1 belongs nowhere. */
export function groupBy(keys: Int32Array, groups: number): Grouped {
  const start = new Int32Array(groups + 1);
  for (const key of keys) if (key >= 0) start[key + 1]! += 1;
  for (let g = 0; g < groups; g++) start[g + 1]! += start[g]!;
  const next = start.slice();
  const items = new Int32Array(start[groups]!);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key >= 0) items[next[key]!++] = i;
  }
  return { start, items };
}
