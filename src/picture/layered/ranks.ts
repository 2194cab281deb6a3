import { type Grouped, groupBy, type Net, PIN_FIRST, PIN_LAST } from "./net.ts";

/** Which layer each box is in, and which edges run against them. */
export interface Ranks {
  readonly rank: Int32Array;
  readonly count: number;
  /** Edges that close a circle, as of a layer that is called on its own output: they run upwards. */
  readonly isBack: Uint8Array;
  /** The edges as they are drawn, from an upper box to a lower one. */
  readonly upper: Int32Array;
  readonly lower: Int32Array;
  readonly upperOffset: Float64Array;
  readonly lowerOffset: Float64Array;
}

/**
 * Layers by the longest way from the beginning; what only feeds others then moves down to them, so that a late input
 * stands where it is needed.
 */
export function findRanks(net: Net): Ranks {
  const count = net.along.length;
  const isBack = findBackEdges(net, count);
  const isForward = (edge: number) => isBack[edge] === 0 && net.from[edge] !== net.to[edge];
  const outgoing = groupBy(
    net.from.map((box, edge) => (isForward(edge) ? box : -1)),
    count,
  );
  const incoming = groupBy(
    net.to.map((box, edge) => (isForward(edge) ? box : -1)),
    count,
  );
  const order = topologicalOrder(net, count, outgoing, incoming);
  const rank = new Int32Array(count);
  for (const box of order) {
    for (let k = outgoing.start[box]!; k < outgoing.start[box + 1]!; k++) {
      const next = net.to[outgoing.items[k]!]!;
      rank[next] = Math.max(rank[next]!, rank[box]! + 1);
    }
  }
  for (let i = order.length - 1; i >= 0; i--) moveDown(order[i]!, net, rank, outgoing, incoming);
  let last = 0;
  for (let box = 0; box < count; box++) if (net.pins[box] !== PIN_LAST) last = Math.max(last, rank[box]! + 1);
  for (let box = 0; box < count; box++) if (net.pins[box] === PIN_LAST) rank[box] = last;
  const { from, to, fromOffset, toOffset } = net;
  return {
    ...withoutGaps(rank),
    isBack,
    upper: from.map((box, edge) => (isBack[edge] === 1 ? to[edge]! : box)),
    lower: to.map((box, edge) => (isBack[edge] === 1 ? from[edge]! : box)),
    upperOffset: fromOffset.map((offset, edge) => (isBack[edge] === 1 ? toOffset[edge]! : offset)),
    lowerOffset: toOffset.map((offset, edge) => (isBack[edge] === 1 ? fromOffset[edge]! : offset)),
  };
}

function moveDown(box: number, net: Net, rank: Int32Array, outgoing: Grouped, incoming: Grouped): void {
  const fans = outgoing.start[box + 1]! - outgoing.start[box]!;
  const feeds = incoming.start[box + 1]! - incoming.start[box]!;
  if (fans === 0 || feeds >= fans || net.pins[box] === PIN_FIRST) return;
  let nearest = Number.POSITIVE_INFINITY;
  for (let k = outgoing.start[box]!; k < outgoing.start[box + 1]!; k++) {
    const next = net.to[outgoing.items[k]!]!;
    if (net.pins[next] !== PIN_LAST) nearest = Math.min(nearest, rank[next]!);
  }
  if (nearest < Number.POSITIVE_INFINITY) rank[box] = Math.max(rank[box]!, nearest - 1);
}

function topologicalOrder(net: Net, count: number, outgoing: Grouped, incoming: Grouped): Int32Array {
  const waits = new Int32Array(count);
  const order = new Int32Array(count);
  let known = 0;
  for (let box = 0; box < count; box++) {
    waits[box] = incoming.start[box + 1]! - incoming.start[box]!;
    if (waits[box] === 0) order[known++] = box;
  }
  for (let i = 0; i < known; i++) {
    const box = order[i]!;
    for (let k = outgoing.start[box]!; k < outgoing.start[box + 1]!; k++) {
      const next = net.to[outgoing.items[k]!]!;
      if (--waits[next]! === 0) order[known++] = next;
    }
  }
  return order;
}

/** A depth-first walk; an edge to a box that the walk stands in closes a circle. */
function findBackEdges({ from, to }: Net, count: number): Uint8Array {
  const { start, items } = groupBy(from, count);
  const isBack = new Uint8Array(from.length);
  const state = new Uint8Array(count);
  const next = start.slice(0, count);
  const stack: number[] = [];
  for (let root = 0; root < count; root++) {
    if (state[root] !== 0) continue;
    stack.push(root);
    state[root] = 1;
    while (stack.length > 0) {
      const box = stack[stack.length - 1]!;
      if (next[box]! === start[box + 1]!) {
        state[box] = 2;
        stack.pop();
        continue;
      }
      const edge = items[next[box]!++]!;
      const target = to[edge]!;
      if (state[target] === 1) isBack[edge] = target === box ? 0 : 1;
      else if (state[target] === 0) {
        state[target] = 1;
        stack.push(target);
      }
    }
  }
  return isBack;
}

/** The same layers without empty ones between them. */
function withoutGaps(rank: Int32Array): { rank: Int32Array; count: number } {
  const used = [...new Set(rank)].sort((a, b) => a - b);
  const place = new Map(used.map((value, i) => [value, i]));
  return { rank: rank.map((value) => place.get(value)!), count: used.length };
}
