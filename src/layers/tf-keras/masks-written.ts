import { formatDialect, isOlder } from "../../dialects/version.ts";
import { dialectOf } from "../../fields/origin.ts";
import { currentWriting } from "../../fields/writing.ts";
import { KerasTensor, type Node, placeOf, signatureOf } from "../../graph/graph.ts";
import { maskOf } from "../../graph/mask.ts";
import { flatten, type Nested } from "../../graph/nested.ts";
import { Layer } from "../layer.ts";
import { Concatenate } from "../merging/concatenate.ts";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "../merging/elementwise.ts";
import { sequenceCall } from "../recurrent/recurrent.ts";

/** Says where a layer is written for a Keras that does otherwise with the masks of its calls. */
export function sayMasks(object: object): void {
  const { dialect, lacks, nodeIndices } = currentWriting();
  if (!(object instanceof Layer) || dialect === null || !lacks || !nodeIndices) return;
  const own = dialectOf(object);
  if (isOlder(dialect) === (own !== null && isOlder(own))) return;
  const keras = `Keras ${formatDialect(dialect)}`;
  for (const node of object.inboundNodes) {
    const message = nodeIndices.has(node) ? differing(object, node, nodeIndices, isOlder(dialect)) : null;
    if (message) lacks.say(placeOf(object), message.replace("KERAS", keras));
  }
}

type Nodes = ReadonlyMap<object, number>;

function differing(layer: Layer, node: Node, nodes: Nodes, isForOlder: boolean): string | null {
  const { inputs } = node;
  if (signatureOf(layer) === sequenceCall) {
    const [sequences, states = node.kwargs.initial_state, mask = node.kwargs.mask] = node.args;
    if (states == null || mask != null || !hasMask(sequences)) return null;
    const does = isForOlder ? "looks at that mask" : "passes over that mask";
    return `expected no initial_state for an input with a mask, because KERAS ${does}, received both.`;
  }
  if (!inputs.some(hasMask)) return null;
  if (layer instanceof Multiply || layer instanceof Maximum || layer instanceof Minimum)
    return "expected inputs without masks, because KERAS computes masked steps otherwise, received one that has a mask.";
  const isSum = [Add, Average, Subtract].some((cls) => layer instanceof cls);
  if (!isSum && !(layer instanceof Concatenate && isLast(layer, inputs))) return null;
  const masks = new Set(inputs.map(({ value }) => maskOf(value)));
  if (masks.size === 1 || !node.outputs.some((output) => isHeeded(output, nodes, new Set()))) return null;
  return "expected inputs with one mask, because KERAS joins masks otherwise, received masks that differ.";
}

function hasMask(tensor: unknown): boolean {
  return tensor instanceof KerasTensor && maskOf(tensor.value) !== null;
}

function isLast({ axis }: Concatenate, [first]: readonly KerasTensor[]): boolean {
  return axis === -1 || axis === first!.rank - 1;
}

/** Whether a layer behind a tensor looks at its mask. */
function isHeeded(tensor: KerasTensor, nodes: Nodes, seen: Set<KerasTensor>): boolean {
  if (seen.has(tensor)) return false;
  seen.add(tensor);
  for (const node of nodes.keys() as Iterable<Node>) {
    const { operation, outputs } = node;
    if (!node.inputs.includes(tensor) || !(operation instanceof Layer)) continue;
    if (signatureOf(operation).masks.length > 0) return true;
    if (
      operation.supportsMasking &&
      flatten(outputs as Nested<KerasTensor>).some((each) => isHeeded(each, nodes, seen))
    )
      return true;
  }
  return false;
}
