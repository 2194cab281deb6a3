import { isOlder } from "../dialects/version.ts";
import { ConfigError } from "../errors.ts";
import { currentWriting } from "../fields/writing.ts";
import {
  type Arguments,
  type KerasTensor,
  type Keywords,
  NO_KEYWORDS,
  type Operation,
  placeOf,
} from "../graph/graph.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import { orderGraph } from "../graph/order.ts";
import type { FunctionalParts } from "./model-parts.ts";

/** The parts of a graph that its config says. */
export type GraphParts = Pick<
  FunctionalParts,
  "name" | "trainable" | "operations" | "nodes" | "inputStructure" | "outputStructure"
>;

/**
 * Runs `body` on a graph in which operations that the dialect being written does not have are what they stand for. Calls
 * that are made for that are gone afterwards. Throws a `ConfigError` that names all operations that stand for nothing.
 */
export function unfolded<T>(model: FunctionalParts, body: (graph: GraphParts) => T): T {
  const { dialect } = currentWriting();
  const isFolded = ({ unfold }: Operation) => unfold !== undefined;
  if (dialect === null || isOlder(dialect) || !model.operations.some(isFolded)) return body(model);
  const calls = new Map(model.operations.map((operation) => [operation, operation.inboundNodes.length]));
  try {
    const outputStructure = callAgain(model);
    const { nodes, operations } = orderGraph(flatten(model.inputStructure), flatten(outputStructure));
    const issues = operations.filter(isFolded).map((operation) => ({
      path: placeOf(operation),
      message: `expected a call that operations of Keras 3 can say, received ${operation.constructor.className} of ${nameOfFunction(operation)}, which ended with Keras 2.`,
    }));
    if (issues.length > 0) throw new ConfigError(issues);
    const { name, trainable, inputStructure } = model;
    return body({ name, trainable, operations, nodes, inputStructure, outputStructure });
  } finally {
    for (const [operation, count] of calls) operation.inboundNodes.length = count;
  }
}

function nameOfFunction(operation: Operation): string {
  const { function: called } = operation as { readonly function?: unknown };
  return `tf.${String(called)}`;
}

/** Makes the calls behind those that are unfolded once more; gives the outputs then. */
function callAgain({ nodes, inputStructure, outputStructure }: FunctionalParts): Nested<KerasTensor> {
  const now = new Map<KerasTensor, KerasTensor>(flatten(inputStructure).map((tensor) => [tensor, tensor]));
  const get = (tensor: KerasTensor) => now.get(tensor) ?? tensor;
  for (const node of nodes) {
    if (node.isInput) continue;
    const { args, kwargs } = node.fill(get);
    const made = callOf(
      node.operation,
      args,
      kwargs,
      node.inputs.some((tensor) => get(tensor) !== tensor),
    );
    if (made === undefined) continue;
    const added = node.operation.inboundNodes.at(-1);
    if (added && added !== node && node.injected) added.injected = node.injected;
    const flat = flatten(made as Nested<KerasTensor>);
    for (const [i, tensor] of node.outputs.entries()) now.set(tensor, flat[i]!);
  }
  return mapNested(outputStructure, get);
}

/** What a call gives now: what it stands for, or itself where something in front of it has changed. */
function callOf(operation: Operation, args: Arguments, kwargs: Keywords, isChanged: boolean): unknown {
  const found = operation.unfold?.(args, kwargs);
  if (found !== undefined || !isChanged) return found;
  return operation.invoke(args, Object.keys(kwargs).length === 0 ? NO_KEYWORDS : kwargs);
}
