import { type Dialect, formatDialect, isOlder } from "../../dialects/version.ts";
import { dialectOf } from "../../fields/origin.ts";
import { currentWriting } from "../../fields/writing.ts";
import {
  type KerasTensor,
  NO_KEYWORDS,
  type Node,
  type Operation,
  placeOf,
  signatureOf,
  tensorsIn,
} from "../../graph/graph.ts";
import { attachment } from "../../json/attachment.ts";
import { Layer } from "../layer.ts";
import { differsIn } from "./behaves.ts";
import { computesOtherwiseInside, givesOwn, isInside } from "./inside.ts";
import { hasMask, joinsOtherwise } from "./masks-made.ts";
import { ofKeras } from "./of-keras.ts";
import { unsaid } from "./unsaid.ts";

/** Says where a layer is written for a Keras that does otherwise with the masks of its calls. */
export function sayMasks(object: object): void {
  const { dialect, lacks, nodeIndices } = currentWriting();
  if (!(object instanceof Layer) || dialect === null || !lacks || !nodeIndices) return;
  const own = dialectOf(object);
  const isOld = own !== null && isOlder(own);
  if (!isOld && !isOlder(dialect)) return;
  const keras = `Keras ${formatDialect(dialect)}`;
  for (const node of object.inboundNodes) {
    if (!nodeIndices.has(node)) continue;
    const call: Call = { layer: object, node, nodes: nodeIndices as Nodes, dialect };
    const message = attending(call) ?? (isOld === isOlder(dialect) ? null : differing(call));
    if (message) lacks.say(placeOf(object), message.replace("KERAS", keras));
  }
}

type Nodes = ReadonlyMap<Node, number>;

/** A call of a layer among those of a graph, for the Keras that is written. */
interface Call {
  readonly layer: Layer;
  readonly node: Node;
  readonly nodes: Nodes;
  readonly dialect: Dialect;
}

/** Attention that looks at masks in one of two versions, and passes over them in the other one. */
function attending({ layer, node, dialect }: Call): string | null {
  if (!node.inputs.some(hasMask) || !differsIn("ignoresMasks", layer, dialect)) return null;
  const does = heeds(layer) ? "passes over masks" : "attends to nothing that is masked";
  return `expected inputs without masks, because KERAS ${does}, received one that has a mask.`;
}

function differing({ layer, node, nodes, dialect }: Call): string | null {
  const { inputs } = node;
  const isHeeded = () => node.outputs.some((output) => heededIn(nodes).has(output));
  const handsOnOtherwise = differsIn("handsGivenMaskOn", layer, dialect);
  if (isInside(layer)) {
    return computesOtherwiseInside(layer, inputs, dialect) ||
      (givesOwn(layer, !handsOnOtherwise) && isHeeded())
      ? "expected a model inside whose masks KERAS joins and looks at alike, received another one."
      : null;
  }
  if (node.kwargs.mask != null && layer.supportsMasking && handsOnOtherwise && isHeeded()) {
    const does = layer.handsGivenMaskOn ? "does not hand that mask on" : "hands that mask on";
    return `expected no mask for a layer in front of one that looks at masks, because KERAS ${does}, received one.`;
  }
  const { className, module } = ofKeras(layer);
  if (signatureOf(layer).names.includes("initial_state")) {
    const [, states = node.kwargs.initial_state] = node.args;
    if (states == null || !unsaid(node.args, node.kwargs)) return null;
    const does = isOlder(dialect) ? "looks at that mask" : "passes over that mask";
    return `expected no initial_state for an input with a mask, because KERAS ${does}, received both.`;
  }
  if (module === null || !inputs.some(hasMask)) return null;
  if (differsIn("supportsMasking", layer, dialect) && isHeeded()) {
    const does = layer.supportsMasking ? "does not hand masks on" : "hands masks on";
    return `expected no mask for a layer in front of one that looks at masks, because KERAS ${does} there, received one.`;
  }
  if (/^(?:Maximum|Minimum|Multiply)$/.test(className))
    return "expected inputs without masks, because KERAS computes masked steps otherwise, received one that has a mask.";
  if (!joinsOtherwise(node) || !isHeeded()) return null;
  return "expected inputs with one mask, because KERAS joins masks otherwise, received masks that differ.";
}

const heeded = /* @__PURE__ */ attachment<ReadonlySet<KerasTensor>>();

/** The tensors of a graph whose masks a layer behind them looks at. */
function heededIn(nodes: Nodes): ReadonlySet<KerasTensor> {
  const known = heeded.get(nodes);
  if (known) return known;
  const found = new Set<KerasTensor>();
  const pending: KerasTensor[] = [];
  for (const { operation, inputs, args, kwargs } of nodes.keys()) {
    const [, , mask = kwargs.mask] = args;
    if (mask == null && heeds(operation)) for (const input of inputs) pending.push(input);
  }
  for (let tensor = pending.pop(); tensor; tensor = pending.pop()) {
    if (found.has(tensor) || !tensor.node) continue;
    found.add(tensor);
    const { operation, args } = tensor.node;
    // Masks go on from what a layer is called on first.
    if (operation instanceof Layer && operation.supportsMasking)
      for (const input of tensorsIn(args.slice(0, 1), NO_KEYWORDS)) pending.push(input);
  }
  heeded.set(nodes, found);
  return found;
}

function heeds(
  operation: Operation & { readonly layer?: unknown; readonly ignoresMasks?: boolean },
): boolean {
  // What goes through a sequence step by step looks at a mask as the layer does that it takes through.
  const layer = operation.layer instanceof Layer ? operation.layer : operation;
  return layer instanceof Layer && signatureOf(layer).masks.length > 0 && !operation.ignoresMasks;
}
