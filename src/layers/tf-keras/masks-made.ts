import { KerasTensor, type Node, nodeOf } from "../../graph/graph.ts";
import { maskOf } from "../../graph/mask.ts";
import { keepingNames } from "../../graph/naming.ts";
import { flatten, mapNested, type Nested } from "../../graph/nested.ts";
import { attachment } from "../../json/attachment.ts";
import { Layer } from "../layer.ts";
import type { Concatenate } from "../merging/concatenate.ts";
import { ofKeras } from "./of-keras.ts";

/** Whether something is a tensor of a graph that carries a mask. */
export function hasMask(tensor: unknown): tensor is KerasTensor {
  return tensor instanceof KerasTensor && maskOf(tensor.value) !== null;
}

/** What tells the mask of a tensor from others; null where it has none. */
export type SourceOf = (tensor: KerasTensor) => unknown;

/** Whether Keras 3 joins the masks of a call's inputs otherwise than Keras 2: as soon as two differ, or one is none. */
export function joinsOtherwise(node: Node, source: SourceOf = sourceOf): boolean {
  if (!joins(node)) return false;
  const [first, ...others] = node.inputs.map(source);
  return others.some((other) => other !== first);
}

/** Whether a call gives one mask for those of all its inputs. */
function joins({ operation, inputs }: Node): boolean {
  if (!(operation instanceof Layer)) return false;
  const { className, module } = ofKeras(operation);
  if (module === null) return false;
  if (className === "Concatenate") return joinsLast(operation as Concatenate, inputs[0]!.rank);
  return /^(?:Add|Average|Subtract)$/.test(className);
}

/** Whether a Concatenate joins tensors of a rank along their last axis. */
export function joinsLast({ axis }: Concatenate, rank: number): boolean {
  return axis === -1 || axis === rank - 1;
}

/** Whether a mask came through a call to which Keras 3 gives another one, which may hand on what a call is given as Keras 2 does. */
export function isOwn(tensor: KerasTensor, handsGivenOn = false): boolean {
  return path(tensor).some((node) => joinsOtherwise(node) || (!handsGivenOn && givenOn(node) !== null));
}

/** The mask that a call is given and hands on to its outputs, as only some versions of Keras do; null where there is none. */
export function givenOn({ operation, kwargs: { mask = null } }: Node): Nested<KerasTensor | null> | null {
  const handsOn = operation instanceof Layer && operation.handsGivenMaskOn;
  return handsOn ? (mask as Nested<KerasTensor | null> | null) : null;
}

/** What tells the mask of a tensor from others: those of two embeddings of the same words are the same. */
export function sourceOf(tensor: KerasTensor): unknown {
  if (!hasMask(tensor)) return null;
  const { operation, inputs } = makerOf(tensor);
  if (!(operation instanceof Layer)) return maskOf(tensor.value);
  const { className, module } = ofKeras(operation);
  return className === "Embedding" && module !== null ? inputs[0] : maskOf(tensor.value);
}

/** The calls that a mask came through, from the one that gave the tensor to the one that made the mask. */
function path(tensor: KerasTensor): readonly Node[] {
  const mask = maskOf(tensor.value);
  const nodes: Node[] = [];
  for (let from: KerasTensor | undefined = tensor; from; ) {
    const node = nodeOf(from);
    nodes.push(node);
    from = node.inputs.find(({ value }) => maskOf(value) === mask);
  }
  return nodes;
}

function makerOf(tensor: KerasTensor): Node {
  return path(tensor).at(-1)!;
}

const made = /* @__PURE__ */ attachment<KerasTensor | null>();

/**
 * The mask of a tensor of a graph as a tensor of that graph: what the layer that made the mask computes it by becomes
 * operations. Null where no layer computes it of its inputs, as where it comes out of a model, or is joined of such a one.
 */
export function maskTensor(tensor: KerasTensor): KerasTensor | null {
  const mask = maskOf(tensor.value);
  if (mask === null) return null;
  const known = made.get(mask);
  if (known !== undefined) return known;
  const node = makerOf(tensor);
  const isSaid =
    givenOn(node) !== null || node.inputs.every((input) => !hasMask(input) || maskTensor(input) !== null);
  const masks = isSaid ? keepingNames(() => computed(node)) : [];
  const found = masks[node.outputs.findIndex(({ value }) => maskOf(value) === mask)];
  const result = found instanceof KerasTensor ? found : null;
  if (result) name(result, node);
  made.set(mask, result);
  return result;
}

/** The masks of a call's outputs; those of a model are inside of it. */
function computed(node: Node): readonly unknown[] {
  const { operation, args, kwargs } = node;
  if (!(operation instanceof Layer) || operation.constructor.noun === "model") return [];
  const [first] = args as readonly Nested<KerasTensor>[];
  const masks = givenOn(node) ?? mapNested(first!, maskTensor);
  return flatten(operation.computeMask(first as never, masks as never, kwargs as never) as Nested<unknown>);
}

/** Names the operations of a mask after the call that they are computed for. */
function name(mask: KerasTensor, { operation, index, inputs }: Node): void {
  const known = new Set<KerasTensor>(inputs);
  for (const tensor of inputs) {
    const carried = maskOf(tensor.value);
    const one = carried && made.get(carried);
    if (one) known.add(one);
  }
  const pending = known.has(mask) ? [] : [mask];
  for (const [i, tensor] of pending.entries()) {
    const { operation: own, inputs: before, isInput } = nodeOf(tensor);
    if (isInput) continue;
    own.name = `${operation.name}.mask_${index}${i === 0 ? "" : `_${i}`}`;
    for (const input of before) if (!known.has(input)) pending.push(input);
  }
}
