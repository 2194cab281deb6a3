import { type CeratopsError, type ErrorClass, ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { Value } from "../program/value.ts";
import { Configurable } from "../registry/configurable.ts";
import { KerasTensor } from "./keras-tensor.ts";
import { autoName } from "./naming.ts";
import { isDict, mapNested, type Nested } from "./nested.ts";
import { type Arguments, type Keywords, NO_KEYWORDS, Node, tensorsIn } from "./node.ts";

/**
 * Something that can be called on tensors and appear in a graph: a layer, a model, or an operation such as `ops.add`.
 */
export abstract class Operation extends Configurable {
  declare name: string;
  /** The calls of this operation on KerasTensors, in order. */
  readonly inboundNodes: Node[] = [];

  /** What one is called in messages: `layer "dense"`. */
  static readonly noun: string = "operation";
  /** The names of the arguments of its call, in Keras's order; the first is the input. */
  static readonly callArguments: readonly string[] = ["inputs"];

  constructor(options: object = {}) {
    super(options);
    const name: unknown = (this as { name?: unknown }).name;
    if (typeof name !== "string") this.name = autoName(this.constructor.className);
  }

  /** Computes on tensors or traced values. */
  abstract run(args: Arguments, kwargs: Keywords): unknown;

  /**
   * Calls the operation: on KerasTensors a call is added to the graph, on tensors it is computed now.
   * Tensors (or lists and dicts of them) come first, in Keras's order; then at most one object of keyword arguments.
   */
  applyTo(args: Arguments): unknown {
    const { positional, kwargs } = splitKeywords(args, callArgumentsOf(this));
    return this.callWith(positional, kwargs);
  }

  /** Calls the operation with positional and keyword arguments told apart. */
  callWith(args: Arguments, kwargs: Keywords): unknown {
    const inputs = tensorsIn(args, kwargs);
    return inputs.length > 0 ? this.symbolicCall(args, kwargs, inputs) : this.run(args, kwargs);
  }

  /** The first call's input, as given: a tensor, a list or a dict. */
  get input(): Nested<KerasTensor> {
    const node = firstNode(this);
    const [first] = node.args;
    return node.isInput ? node.structure : ((first ?? node.inputs) as Nested<KerasTensor>);
  }

  get output(): Nested<KerasTensor> {
    return firstNode(this).structure;
  }

  /** What is wrong with it or its call: `throw this.problem("expected …, received ….")`. */
  protected problem(message: string, kind: ErrorClass = ModelError): CeratopsError {
    return new kind(placeOf(this), message);
  }

  protected symbolicCall(
    args: Arguments,
    kwargs: Keywords,
    inputs: readonly KerasTensor[],
  ): Nested<KerasTensor> {
    const single = args.length === 1 && args[0] === inputs[0] && kwargs === NO_KEYWORDS;
    const result = single
      ? this.run([inputs[0]!.value], NO_KEYWORDS)
      : this.run(args.map(toAbstract), kwargs === NO_KEYWORDS ? kwargs : (toAbstract(kwargs) as Keywords));
    return connect(this, args, kwargs, inputs, this.stated(result as never));
  }

  /** What a call on KerasTensors is said to give, where Keras says something else than the computation does. */
  protected stated(result: never): unknown {
    return result;
  }
}

/** Where an operation is, for messages: `layer "dense"`; a place inside it is `layer "dot".axes`. */
export function placeOf(operation: Operation): string {
  return `${classOf(operation).noun} ${JSON.stringify(operation.name)}`;
}

/** Adds a call to the graph: its outputs become KerasTensors. */
export function connect(
  operation: Operation,
  args: Arguments,
  kwargs: Keywords,
  inputs: readonly KerasTensor[],
  result: unknown,
): Nested<KerasTensor> {
  const node = new Node(operation, args, kwargs, inputs);
  if (result instanceof Value) {
    const tensor = new KerasTensor(result, node);
    node.outputs = [tensor];
    node.structure = tensor;
    return tensor;
  }
  const outputs: KerasTensor[] = [];
  node.structure = mapNested(result as Nested<unknown>, (leaf) => {
    if (!(leaf instanceof Value)) {
      throw new ModelError(
        placeOf(operation),
        `expected its call to return tensors, received ${inspect(leaf)}.`,
      );
    }
    const tensor = new KerasTensor(leaf, node, outputs.length);
    outputs.push(tensor);
    return tensor;
  });
  node.outputs = outputs;
  return node.structure;
}

export function callArgumentsOf(operation: Operation): readonly string[] {
  return classOf(operation).callArguments;
}

function classOf(operation: Operation): typeof Operation {
  return operation.constructor as unknown as typeof Operation;
}

/** Tells positional arguments from a last object of keyword arguments. */
export function splitKeywords(
  args: Arguments,
  names: readonly string[],
): { positional: Arguments; kwargs: Keywords } {
  const last = args[args.length - 1];
  if (args.length > 1 && isDict(last) && Object.keys(last).every((key) => names.includes(key))) {
    const positional = args.slice(0, -1);
    return { positional, kwargs: Object.keys(last).length === 0 ? NO_KEYWORDS : last };
  }
  return { positional: args, kwargs: NO_KEYWORDS };
}

function toAbstract(argument: unknown): unknown {
  if (argument instanceof KerasTensor) return argument.value;
  return mapNested(argument as Nested<unknown>, (leaf) => (leaf instanceof KerasTensor ? leaf.value : leaf));
}

function firstNode(operation: Operation): Node {
  const node = operation.inboundNodes[0];
  if (!node) {
    throw new ModelError(
      placeOf(operation),
      "expected a layer that was called, received one that never was.",
    );
  }
  return node;
}
