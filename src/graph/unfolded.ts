import { isOlder } from "../dialects/version.ts";
import { ConfigError, type Issue } from "../errors.ts";
import { currentWriting } from "../fields/writing.ts";
import {
  type Arguments,
  type GraphParts,
  type KerasTensor,
  type Keywords,
  NO_KEYWORDS,
  nodeOf,
  type Operation,
  placeOf,
} from "./graph.ts";
import { flatten, mapNested, type Nested } from "./nested.ts";
import { orderGraph } from "./order.ts";

/** An operation some calls of which not every dialect has. */
export interface Folded extends Operation {
  /** Calls on KerasTensors what a call stands for; undefined where nothing does. */
  unfold(args: Arguments, kwargs: Keywords): unknown;
  /** What is wrong with a call that stands for nothing. Absent where it is one that every dialect has. */
  ended?(args: Arguments, kwargs: Keywords): string;
}

/**
 * Runs `write` on a graph in which operations that the dialect being written does not have are what they stand for. Calls
 * that are made for that are gone afterwards. Throws a `ConfigError` that names all operations that stand for nothing.
 */
export function unfolded<T>(graph: GraphParts, write: (graph: GraphParts) => T): T {
  const { dialect } = currentWriting();
  if (dialect === null || isOlder(dialect)) return write(graph);
  const calls = new Map(graph.operations.map((operation) => [operation, operation.inboundNodes.length]));
  try {
    const outputStructure = callAgain(graph);
    const { nodes, operations } = orderGraph(flatten(graph.inputStructure), flatten(outputStructure));
    const issues = new Map<Operation, Issue>();
    for (const { operation, args, kwargs } of nodes) {
      const message = isFolded(operation) && operation.ended?.(args, kwargs);
      if (message) issues.set(operation, { path: placeOf(operation), message });
    }
    if (issues.size > 0) throw new ConfigError([...issues.values()]);
    const { name, trainable, inputStructure } = graph;
    const listed = early(operations, new Set(graph.operations));
    return write({ name, trainable, operations: listed, nodes, inputStructure, outputStructure });
  } finally {
    for (const [operation, count] of calls) operation.inboundNodes.length = count;
  }
}

/**
 * Operations with those that are new directly behind what they are computed of: Keras makes the calls of a layer in the order
 * of the file, where it finds all that they need before.
 */
function early(operations: readonly Operation[], known: ReadonlySet<Operation>): Operation[] {
  const listed = operations.filter((operation) => known.has(operation));
  for (const operation of operations.filter((each) => !known.has(each))) {
    const needed = new Set<Operation>(
      operation.inboundNodes.flatMap(({ inputs }) => inputs.map((input) => nodeOf(input).operation)),
    );
    listed.splice(listed.findLastIndex((each) => needed.has(each)) + 1, 0, operation);
  }
  return listed;
}

/** Whether some calls of an operation stand for others. */
export function isFolded(operation: Operation): operation is Folded {
  return "unfold" in operation;
}

/** Makes the calls behind those that are unfolded once more; gives the outputs then. */
function callAgain({ nodes, inputStructure, outputStructure }: GraphParts): Nested<KerasTensor> {
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
  const found = isFolded(operation) ? operation.unfold(args, kwargs) : undefined;
  if (found !== undefined || !isChanged) return found;
  return operation.invoke(args, Object.keys(kwargs).length === 0 ? NO_KEYWORDS : kwargs);
}
