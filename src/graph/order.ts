import type { KerasTensor, Node, Operation } from "./graph.ts";

/** The calls and operations between some tensors, in the order that fixes configs, weights and cloning. */
export interface GraphOrder {
  /** All calls, so that each comes after those it needs: by depth, deepest first. */
  readonly nodes: readonly Node[];
  readonly operations: readonly Operation[];
  /** Outputs that cannot be reached from the inputs. */
  readonly disconnected: readonly KerasTensor[];
}

/**
 * Orders the graph from `inputs` to `outputs` as Keras does (Keras 3.6 `ops/function.py`): operations by depth, the
 * deepest first, equals in the order a depth-first walk from the outputs meets them. Does not recurse.
 */
export function orderGraph(inputs: readonly KerasTensor[], outputs: readonly KerasTensor[]): GraphOrder {
  const { nodes, operationIndex, disconnected } = walk(inputs, outputs);
  const nodeDepth = new Map<Node, number>();
  const operationDepth = new Map<Operation, number>();
  for (const node of nodes.toReversed()) {
    const depth = Math.max(nodeDepth.get(node) ?? 0, operationDepth.get(node.operation) ?? 0);
    nodeDepth.set(node, depth);
    operationDepth.set(node.operation, depth);
    for (const { node: parent } of node.inputs) {
      if (parent) nodeDepth.set(parent, Math.max(depth + 1, nodeDepth.get(parent) ?? 0));
    }
  }
  for (const { node } of inputs) {
    if (!node || operationDepth.has(node.operation)) continue;
    operationDepth.set(node.operation, 0);
    nodeDepth.set(node.operation.inboundNodes[0] ?? node, 0);
  }
  const indexOf = (operation: Operation) => operationIndex.get(operation) ?? -1;
  const operations = [...operationDepth].sort(
    ([one, depth], [other, otherDepth]) => otherDepth - depth || indexOf(one) - indexOf(other),
  );
  const ordered = [...nodeDepth].sort(([, depth], [, otherDepth]) => otherDepth - depth);
  return {
    nodes: ordered.map(([node]) => node),
    operations: operations.map(([operation]) => operation),
    disconnected,
  };
}

/** A depth-first walk from the outputs that stops at the inputs: calls after those they need. */
function walk(inputs: readonly KerasTensor[], outputs: readonly KerasTensor[]) {
  const stops = new Set(inputs);
  const nodes: Node[] = [];
  const finished = new Set<Node>();
  const operationIndex = new Map<Operation, number>();
  const disconnected: KerasTensor[] = [];
  for (const output of outputs) {
    let connected = true;
    const stack: { node: Node; next: number }[] = [];
    const visit = (tensor: KerasTensor) => {
      const { node } = tensor;
      if (!node || finished.has(node)) return;
      if (node.isInput && !stops.has(tensor)) connected = false;
      if (!operationIndex.has(node.operation)) operationIndex.set(node.operation, operationIndex.size);
      const parents = stops.has(tensor) ? Number.POSITIVE_INFINITY : 0;
      stack.push({ node, next: parents });
    };
    visit(output);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const parent = top.node.inputs[top.next++];
      if (parent) {
        visit(parent);
        continue;
      }
      stack.pop();
      if (finished.has(top.node)) continue;
      finished.add(top.node);
      nodes.push(top.node);
    }
    if (!connected) disconnected.push(output);
  }
  return { nodes, operationIndex, disconnected };
}
