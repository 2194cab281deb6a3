import { KerasTensor, Node } from "../graph/graph.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import { orderGraph } from "../graph/order.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import { pairs } from "../pairs.ts";

/**
 * Makes a graph that starts at intermediate tensors start at inputs: each gets an InputLayer of its shape, and the
 * layers behind are recorded as called again, so that they are shared with the graph they are cut from.
 */
export function cutGraph(
  inputs: Nested<KerasTensor>,
  outputs: Nested<KerasTensor>,
): [Nested<KerasTensor>, Nested<KerasTensor>] {
  const copies = new Map<KerasTensor, KerasTensor>();
  const newInputs = mapNested(inputs, (tensor) => {
    const copy = tensor.node?.isInput
      ? tensor
      : new InputLayer({ batch_shape: tensor.shape, dtype: tensor.dtype, name: `${tensor.name}CLONE` })
          .output;
    copies.set(tensor, copy);
    return copy;
  });
  const { nodes } = orderGraph(flatten(inputs), flatten(outputs));
  for (const node of nodes) {
    if (node.isInput || node.outputs.every((tensor) => copies.has(tensor))) continue;
    if (!node.inputs.every((tensor) => copies.has(tensor) || tensor.node?.isInput)) continue;
    const put = (leaf: unknown) => (leaf instanceof KerasTensor ? (copies.get(leaf) ?? leaf) : leaf);
    const args = node.args.map((arg) => mapNested(arg as Nested<unknown>, put));
    const kwargs = mapNested(node.kwargs as Nested<unknown>, put) as Record<string, unknown>;
    const again = new Node(
      node.operation,
      args,
      kwargs,
      node.inputs.map((tensor) => copies.get(tensor) ?? tensor),
    );
    again.injected = node.injected;
    again.outputs = node.outputs.map((tensor, i) => new KerasTensor(tensor.value, again, i));
    for (const [tensor, copy] of pairs(node.outputs, again.outputs)) copies.set(tensor, copy);
    again.structure = mapNested(node.structure, (tensor) => copies.get(tensor) ?? tensor);
  }
  return [newInputs, mapNested(outputs, (tensor) => copies.get(tensor) ?? tensor)];
}
