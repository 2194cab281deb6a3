import type { Node, Operation } from "../graph/graph.ts";
import { pairs } from "../pairs.ts";

/**
 * Numbers the calls of cloned operations as those of the originals. A graph runs by depth, and two calls of one layer
 * need not be in that order in which they were made; histories name them by the latter.
 */
export function keepCallOrder(nodes: readonly Node[], cloneOf: (operation: Operation) => Operation): void {
  const calls = new Map<Operation, Node[]>();
  for (const node of nodes) {
    if (node.isInput) continue;
    const known = calls.get(node.operation);
    if (known) known.push(node);
    else calls.set(node.operation, [node]);
  }
  for (const [operation, made] of calls) {
    if (pairs(made.slice(0, -1), made.slice(1)).every(([one, next]) => one.index < next.index)) continue;
    const { inboundNodes } = cloneOf(operation);
    const start = inboundNodes.length - made.length;
    const copies = pairs(inboundNodes.slice(start), made).map(([copy, { index }]) => ({ copy, index }));
    copies.sort((a, b) => a.index - b.index);
    for (const [i, { copy }] of copies.entries()) {
      inboundNodes[start + i] = copy;
      copy.index = start + i;
    }
  }
}
