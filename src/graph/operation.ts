import { type CeratopsError, type ErrorClass, ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { didYouMean } from "../json/suggest.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import { Configurable } from "../registry/configurable.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { KerasTensor } from "./keras-tensor.ts";
import { noteState } from "./made-state.ts";
import { autoName } from "./naming.ts";
import { flatten, isDict, mapNested, type Nested } from "./nested.ts";
import { type Arguments, type Keywords, NO_KEYWORDS, Node, tensorsIn } from "./node.ts";
import { withOwnArguments } from "./own-arguments.ts";
import { type Signature, structure, takes } from "./signature.ts";
import type { GivenFirst, GivenRest, LooseArguments } from "./signature-types.ts";

/** What the class of an operation says of it. */
export interface OperationClass {
  readonly className: string;
  readonly signature: Signature;
  /** What errors call it: `layer`, `model`, `operation`. */
  readonly noun: string;
}

/**
 * Something that can be called on tensors and appear in a graph: a layer, a model, or an operation such as `ops.add`.
 */
export abstract class Operation<S extends Signature = Signature> extends Configurable {
  /** What a call takes. */
  static readonly signature: Signature = takes("inputs", { inputs: structure() });
  /** Properties that every operation has and that say nothing of how it was made. */
  static readonly bookkeeping: readonly string[] = ["inboundNodes"];
  /** What errors call it. */
  static readonly noun: string = "operation";

  declare readonly ["constructor"]: Configurable["constructor"] & OperationClass;
  declare name: string;
  /** The calls of this operation on KerasTensors, in order. */
  readonly inboundNodes: Node[] = [];

  constructor(options: object = {}) {
    super(options);
    const name: unknown = (this as { name?: unknown }).name;
    if (typeof name !== "string") this.name = autoName(this.constructor.className);
  }

  /**
   * Calls the operation. On KerasTensors the call becomes part of a model; on tensors it is computed now, by the
   * reference engine. Tensors (or lists and dicts of them) as it takes them, in Keras's order; last, an object of
   * keyword arguments, spelled as Keras spells them: `lstm.apply(x, { mask, training: false })`.
   */
  apply<R = KerasTensor>(
    first: GivenFirst<S, KerasTensor>,
    ...rest: readonly GivenRest<S, KerasTensor | Operand>[]
  ): R;
  apply<R = Tensor>(first: GivenFirst<S, Tensor>, ...rest: readonly GivenRest<S, Operand>[]): R;
  apply<R = Numeric>(first: GivenFirst<S, Operand>, ...rest: readonly GivenRest<S, Operand>[]): R;
  apply<R = KerasTensor>(...args: LooseArguments<S>): R;
  apply(...args: readonly unknown[]): unknown {
    const { positional, kwargs } = splitKeywords(this, args);
    return this.invoke(positional, kwargs);
  }

  /** Calls the operation with positional and keyword arguments told apart. */
  invoke(args: Arguments, kwargs: Keywords): unknown {
    noteState(this);
    const inputs = tensorsIn(args, kwargs);
    if (inputs.length === 0) return this.compute(args, kwargs);
    const result = this.compute(args.map(toAbstract), toAbstract(kwargs) as Keywords);
    return connect(this, args, kwargs, inputs, this.stated(result));
  }

  /** Computes on tensors or traced values. */
  protected abstract compute(args: Arguments, kwargs: Keywords): unknown;

  /** What a call on KerasTensors is said to give, where Keras says something else than the computation does. */
  protected stated(result: unknown): unknown {
    return result;
  }

  protected override withArguments(config: JsonObject): JsonObject {
    return withOwnArguments(this, config);
  }

  /** The first call's input, as given: a tensor, a list or a dict. */
  get input(): Nested<KerasTensor> {
    const node = this.#firstNode();
    const [first] = node.args;
    return node.isInput ? node.structure : ((first ?? node.inputs) as Nested<KerasTensor>);
  }

  get output(): Nested<KerasTensor> {
    return this.#firstNode().structure;
  }

  /** What is wrong with it or its call: `throw this.problem("expected …, received ….")`. */
  problem(message: string, kind: ErrorClass = ModelError): CeratopsError {
    return new kind(placeOf(this), message);
  }

  #firstNode(): Node {
    const node = this.inboundNodes[0];
    if (!node) throw this.problem("expected a layer that was called, received one that never was.");
    return node;
  }
}

/** Where errors say that something is wrong with an operation: `layer "dense"`. */
export function placeOf(operation: Operation): string {
  return `${operation.constructor.noun} ${JSON.stringify(operation.name)}`;
}

export function signatureOf(operation: Operation): Signature {
  return operation.constructor.signature;
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
    if (!(leaf instanceof Value))
      throw operation.problem(`expected its call to return tensors, received ${inspect(leaf)}.`);
    const tensor = new KerasTensor(leaf, node, outputs.length);
    outputs.push(tensor);
    return tensor;
  });
  node.outputs = outputs;
  return node.structure;
}

/** Tells positional arguments from a last object of keyword arguments. */
export function splitKeywords(
  operation: Operation,
  args: Arguments,
): { positional: Arguments; kwargs: Keywords } {
  const end = args.findLastIndex((arg) => arg !== undefined) + 1;
  if (end < args.length) return splitKeywords(operation, args.slice(0, end));
  const last = args[args.length - 1];
  if (args.length < 2 || !isDict(last)) return { positional: args, kwargs: NO_KEYWORDS };
  const keys = Object.keys(last);
  const { names, arguments: facts } = signatureOf(operation);
  const unknown = keys.find((key) => !names.includes(key));
  if (unknown !== undefined) {
    const form = facts[names[args.length - 1] ?? ""]?.form;
    const isPositional =
      form === "option" || (form !== undefined && flatten(last as Nested<unknown>).every(isTensorOrNull));
    if (isPositional) return { positional: args, kwargs: NO_KEYWORDS };
    throw unknownArgument(operation, unknown);
  }
  return { positional: args.slice(0, -1), kwargs: keys.length === 0 ? NO_KEYWORDS : last };
}

/** The error for a keyword argument that the call does not take. */
export function unknownArgument(operation: Operation, key: string): CeratopsError {
  const { names } = signatureOf(operation);
  const known =
    names.length > 1 ? `one of its arguments (${names.join(", ")})` : `its argument ${names[0]} alone`;
  return operation.problem(`expected ${known}, received ${JSON.stringify(key)}.${didYouMean(key, names)}`);
}

function isTensorOrNull(leaf: unknown): boolean {
  return leaf === null || leaf instanceof KerasTensor || (typeof leaf === "object" && "shape" in leaf);
}

function toAbstract(argument: unknown): unknown {
  if (argument instanceof KerasTensor) return argument.value;
  if (argument === NO_KEYWORDS) return argument;
  return mapNested(argument as Nested<unknown>, (leaf) => (leaf instanceof KerasTensor ? leaf.value : leaf));
}
