import type { Dialect } from "../../dialects/version.ts";
import {
  type KerasTensor,
  NO_KEYWORDS,
  type Node,
  type Operation,
  signatureOf,
  tensorsIn,
} from "../../graph/graph.ts";
import { maskOf } from "../../graph/mask.ts";
import { Layer } from "../layer.ts";
import { differsIn } from "./behaves.ts";
import { hasMask, isOwn, joinsOtherwise, type SourceOf, sourceOf } from "./masks-made.ts";

/** A model of a graph, as far as masks go through it. */
interface Inside extends Layer {
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  readonly nodes: readonly Node[];
}

/** Whether an operation is a model whose graph is known. */
export function isInside(operation: Operation): operation is Inside {
  return operation.constructor.noun === "model" && "nodes" in operation;
}

/** Whether a call of a model inside computes otherwise by the masks of what it is called on, which its own graph does not know. */
export function computesOtherwiseInside(
  model: Inside,
  inputs: readonly KerasTensor[],
  dialect: Dialect,
): boolean {
  const sources = new Map<KerasTensor, unknown>();
  for (const [i, input] of model.inputs.entries()) {
    const given = inputs[i];
    if (given && hasMask(given)) sources.set(input, given);
  }
  if (sources.size === 0) return false;
  const source: SourceOf = (tensor) => sources.get(tensor) ?? sourceOf(tensor);
  for (const node of model.nodes) {
    const { operation, args, kwargs, outputs } = node;
    const [first] = tensorsIn(args.slice(0, 1), NO_KEYWORDS);
    const [, states = kwargs.initial_state, mask = kwargs.mask] = args;
    if (differsIn("ignoresMasks", operation, dialect) && node.inputs.some((input) => source(input) !== null))
      return true;
    if (!first || mask != null) continue;
    const own = source(first);
    if (joinsOtherwise(node, source) || (own !== null && states != null && takesStates(operation)))
      return true;
    if (isInside(operation) && own !== null && isDeep(operation)) return true;
    if (operation instanceof Layer && operation.supportsMasking && own !== null)
      for (const output of outputs) if (maskOf(output.value) === null) sources.set(output, own);
  }
  return false;
}

function takesStates(operation: Operation): boolean {
  return signatureOf(operation).names.includes("initial_state");
}

/** Whether a model has a call that masks from outside may change. */
function isDeep({ nodes }: Inside): boolean {
  return nodes.some(({ inputs, kwargs }) => inputs.length > 1 || "initial_state" in kwargs);
}

/** Whether what a model gives has a mask that Keras 3 makes otherwise inside of it. */
export function givesOwn({ outputs }: Inside, handsGivenOn: boolean): boolean {
  return outputs.some((output) => hasMask(output) && isOwn(output, handsGivenOn));
}
