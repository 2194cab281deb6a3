import type { Activation } from "../activations/activation.ts";
import { activationName } from "../activations/field.ts";
import { ModelError } from "../errors.ts";
import type { Node, Operation } from "../graph/graph.ts";
import { type KerasTensor, nodeOf } from "../graph/graph.ts";
import { isListOfOne, mapNested, type Nested } from "../graph/nested.ts";
import { checkOptions } from "../json/check-options.ts";
import { Layer } from "../layers/layer.ts";
import { checkModel } from "../models/check-model.ts";
import { classNameOf, isKnown } from "../models/class-name.ts";
import { inRange, type LayerRange } from "../models/layer-range.ts";
import { Model } from "../models/model.ts";
import { parametersOf } from "../models/model-sizes.ts";
import { type Shape, unknownShape } from "../tensor/shape.ts";
import type { GraphEdge, GraphNode, GraphOutput, ModelGraph } from "./model-graph.ts";

export interface GraphOptions {
  /** Whether the layers of models inside are nodes, too. Defaults to false. */
  readonly expand_nested?: boolean;
  /** Names, or regular expressions for names, of the first and the last layer to show. Defaults to all. */
  readonly layer_range?: LayerRange | undefined;
}

/** A model that is shown with its layers, at one place. */
interface Level {
  readonly model: Model;
  /** The id of its node; null for the outermost. */
  readonly id: string | null;
  readonly operations: readonly Operation[];
  readonly idOf: Map<Operation, string>;
  /** The models among them that are shown with their layers, too. */
  readonly inner: Map<Operation, Level>;
}

/**
 * The graph of a model as plain data: what it consists of, what flows where, in which shapes. Nothing is computed, and
 * layers of unknown classes are nodes like others.
 *
 * @example
 * const { nodes, edges } = modelGraph(functional, { expand_nested: true });
 * console.log(nodes.map(({ id, className, parameters }) => `${id}: ${className}, ${parameters}`));
 */
export function modelGraph(model: Model, options: GraphOptions = {}): ModelGraph {
  checkOptions("modelGraph", options, { expand_nested: true, layer_range: true }, ModelError);
  checkModel("modelGraph", model);
  return makeGraph("modelGraph", model, options);
}

/** The same for another function, which errors are to name. */
export function makeGraph(method: string, model: Model, options: GraphOptions): ModelGraph {
  const { expand_nested = false, layer_range } = options;
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const ids = new Set<string>();
  const top = levelOf(model, null, inRange(method, operationsOf(model), layer_range));
  const pending = [top];
  const levels: Level[] = [];
  for (let level = pending.pop(); level; level = pending.pop()) {
    levels.push(level);
    for (const operation of level.operations) {
      const id = unique(level.id === null ? operation.name : `${level.id}/${operation.name}`, ids);
      level.idOf.set(operation, id);
      const inner = expand_nested && isModel(operation) ? operationsOf(operation) : [];
      nodes.push(nodeFor(operation, id, level.id, inner.length > 0));
      if (inner.length === 0) continue;
      const opened = levelOf(operation as Model, id, inner);
      level.inner.set(operation, opened);
      pending.push(opened);
    }
  }
  for (const level of levels) for (const edge of edgesIn(level)) edges.push(edge);
  return { name: model.name, className: classNameOf(model), nodes, edges, outputs: outputsOf(top) };
}

function levelOf(model: Model, id: string | null, operations: readonly Operation[]): Level {
  return { model, id, operations, idOf: new Map(), inner: new Map() };
}

function isModel(operation: Operation): operation is Model {
  return operation instanceof Model;
}

/** A stack's layers with the input in front; all that is called in a graph; else the layers that there are. */
function operationsOf(model: Model): readonly Operation[] {
  if ("stack" in model) return [...new Set(model.stack as readonly Operation[])];
  return model.operations;
}

function unique(name: string, taken: Set<string>): string {
  let id = name;
  for (let count = 2; taken.has(id); count++) id = `${name}#${count}`;
  taken.add(id);
  return id;
}

function nodeFor(operation: Operation, id: string, parent: string | null, isOpen: boolean): GraphNode {
  const layer = operation instanceof Layer ? operation : null;
  const [first] = operation.inboundNodes;
  const last = operation.inboundNodes.at(-1);
  const hasWeights = layer !== null && layer.weights.length > 0;
  const { activation } = operation as { activation?: unknown };
  return {
    id,
    name: operation.name,
    className: classNameOf(operation),
    kind: first?.isInput ? "input" : isModel(operation) ? "model" : layer ? "layer" : "operation",
    parent,
    isOpen,
    isKnown: isKnown(operation),
    inputShape: first && !first.isInput && areKnown(first.inputs) ? shapesOf(first.inputs) : null,
    outputShape: last && areKnown(last.outputs) ? eachOf(last, ({ shape }) => [...shape]) : null,
    outputDtype: last ? eachOf(last, ({ dtype }) => dtype) : null,
    parameters: parametersOf(operation),
    trainable: hasWeights ? layer.trainable : null,
    activation: typeof activation === "function" ? activationName(activation as Activation) : null,
  };
}

/** Whether anybody knows the shapes: no file says those behind an unknown class that nothing uses. */
function areKnown(tensors: readonly KerasTensor[]): boolean {
  return tensors.every(({ shape }) => shape !== unknownShape);
}

function shapesOf(tensors: readonly KerasTensor[]): Nested<Shape> {
  const shapes = tensors.map(({ shape }) => [...shape]);
  return (shapes.length === 1 ? shapes[0] : shapes) as Nested<Shape>;
}

/** Something of each output of a call, in their structure; one alone without its list. */
function eachOf<T>({ structure }: Node, get: (tensor: KerasTensor) => T): Nested<T> {
  return mapNested(isListOfOne(structure) ? (structure[0] as Nested<KerasTensor>) : structure, get);
}

function edgesIn(level: Level): GraphEdge[] {
  const { model, operations, idOf } = level;
  const known = "nodes" in model ? new Set(model.nodes as readonly Node[]) : null;
  const edges = new Map<string, GraphEdge>();
  for (const operation of operations) {
    for (const node of operation.inboundNodes) {
      if (known && !known.has(node)) continue;
      for (const [place, tensor] of node.inputs.entries()) {
        if (!tensor.node || !idOf.has(tensor.node.operation)) continue;
        const { id: from, output } = sourceOf(level, tensor);
        const to = targetOf(level, operation, place);
        const { shape, dtype } = tensor;
        edges.set(JSON.stringify([from, output, to]), {
          from,
          to,
          output,
          shape: areKnown([tensor]) ? [...shape] : null,
          dtype,
        });
      }
    }
  }
  if (edges.size > 0 || !("stack" in model)) return [...edges.values()];
  // A stack that is not built: one layer comes after the other, in shapes nobody knows yet.
  const following = operations.slice(1);
  return following.map((operation, i) => ({
    from: endOf(level, operations[i] as Operation, "last"),
    to: endOf(level, operation, "first"),
    output: 0,
    shape: null,
    dtype: null,
  }));
}

/** The node that makes a tensor: inside a model that is shown with its layers, the layer that gives the output. */
function sourceOf(level: Level, tensor: KerasTensor): { id: string; output: number } {
  for (let [at, made] = [level, tensor]; ; ) {
    const { operation } = nodeOf(made);
    const inner = at.inner.get(operation);
    const output = inner && tensorsOf(inner, "outputs")[made.tensorIndex];
    const [id, index] = [at.idOf.get(operation) as string, made.tensorIndex];
    if (!inner || !output?.node || !inner.idOf.has(output.node.operation)) return { id, output: index };
    at = inner;
    made = output;
  }
}

/** The node that takes the tensor at a place among a call's inputs. */
function targetOf(level: Level, operation: Operation, place: number): string {
  for (let [at, taking, index] = [level, operation, place]; ; ) {
    const id = at.idOf.get(taking) as string;
    const inner = at.inner.get(taking);
    const inputs = inner ? tensorsOf(inner, "inputs") : [];
    const input = inputs[Math.min(index, inputs.length - 1)]?.node?.operation;
    if (!inner || !input || !inner.idOf.has(input)) return id;
    at = inner;
    taking = input;
    index = 0;
  }
}

function endOf(level: Level, operation: Operation, end: "first" | "last"): string {
  for (let [at, found] = [level, operation]; ; ) {
    const inner = at.inner.get(found);
    const next = inner && "stack" in inner.model ? inner.operations.at(end === "first" ? 0 : -1) : undefined;
    if (!inner || !next) return at.idOf.get(found) as string;
    at = inner;
    found = next;
  }
}

/** The inputs or outputs of a model with a graph; none of another. */
function tensorsOf({ model }: Level, which: "inputs" | "outputs"): readonly KerasTensor[] {
  return "nodes" in model || ("stack" in model && model.built && model.operations.length > 1)
    ? model[which]
    : [];
}

function outputsOf(top: Level): GraphOutput[] {
  const made = tensorsOf(top, "outputs").filter(({ node }) => node && top.idOf.has(node.operation));
  return made.map((tensor) => {
    const { id: node, output } = sourceOf(top, tensor);
    return { node, output, shape: [...tensor.shape], dtype: tensor.dtype };
  });
}
