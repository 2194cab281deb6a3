import { type CeratopsError, type ErrorClass, invariant, ModelError } from "../errors.ts";
import { leavesOut, rememberUnsaid } from "../fields/origin.ts";
import { currentWriting } from "../fields/writing.ts";
import { inConsole } from "../json/in-console.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { printable } from "../json/printable.ts";
import { quote } from "../json/quote.ts";
import { didYouMean } from "../json/suggest.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { type Spec, Value } from "../program/value.ts";
import { Configurable } from "../registry/configurable.ts";
import { toWire, type Wired } from "../registry/literals.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type Shape, unknownShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { noteState } from "./made-state.ts";
import { autoName, uniquify } from "./naming.ts";
import { flatten, isDict, mapNested, type Nested } from "./nested.ts";
import { refuseOperator } from "./no-numbers.ts";
import { withOwnArguments } from "./own-arguments.ts";
import { type Signature, structure, takes } from "./signature.ts";
import type { AnyGiven, GivenFirst, GivenRest, LooseArguments } from "./signature-types.ts";
import { computedOrTold } from "./told.ts";

/** Where a tensor of a graph came from: the `tensorIndex`-th output of an operation's `nodeIndex`-th call. */
export interface KerasHistory {
  readonly operation: Operation;
  readonly nodeIndex: number;
  readonly tensorIndex: number;
}

/**
 * A tensor of a model that is being built: an edge of the graph, with a shape and a dtype and no numbers.
 * Made by `Input(…)` and by calling layers and operations.
 */
export class KerasTensor implements Spec, Wired {
  /** The abstract value that stands for it while shapes are worked out. */
  readonly value: Value;
  /** The call that made it; null for a tensor that no operation made. */
  readonly node: Node | null;
  readonly tensorIndex: number;
  #name: string | null;

  constructor(value: Spec, node: Node | null = null, tensorIndex = 0, name: string | null = null) {
    if (!isSpec(value)) {
      throw new ModelError("KerasTensor", `expected a shape and a dtype, received ${inspect(value)}.`);
    }
    this.value = value instanceof Value ? value : new Value(value.shape, value.dtype);
    this.node = node;
    this.tensorIndex = tensorIndex;
    this.#name = name;
  }

  get shape(): Shape {
    return this.value.shape;
  }

  get dtype(): DType {
    return this.value.dtype;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** A name of its own, made when first asked for. */
  get name(): string {
    this.#name ??= uniquify("keras_tensor");
    return this.#name;
  }

  get history(): KerasHistory | null {
    const { node, tensorIndex } = this;
    return node && { operation: node.operation, nodeIndex: node.index, tensorIndex };
  }

  [toWire](): JsonValue {
    const { node, tensorIndex } = this;
    const { nodeIndices } = currentWriting();
    return {
      class_name: "__keras_tensor__",
      config: {
        shape: this.shape === unknownShape ? null : [...this.shape],
        dtype: this.dtype,
        keras_history: node && [node.operation.name, nodeIndices?.get(node) ?? node.index, tensorIndex],
      },
    };
  }

  toString(): string {
    return `<KerasTensor shape=${formatShape(this.shape)}, dtype=${this.dtype}, name=${printable(this.name)}>`;
  }

  [inConsole](): string {
    return this.toString();
  }

  /** A text where a text is wanted; there is no number in it for JavaScript's operators. */
  [Symbol.toPrimitive](hint: string): string {
    return hint === "string" ? this.toString() : refuseOperator(this.toString());
  }
}

function isSpec(value: unknown): value is Spec {
  if (typeof value !== "object" || value === null) return false;
  return (
    "shape" in value && Array.isArray(value.shape) && "dtype" in value && typeof value.dtype === "string"
  );
}

/** The call that made a tensor of a graph. */
export function nodeOf({ node }: KerasTensor): Node {
  invariant(node, "a tensor of a graph was made by no call");
  return node;
}

/** The parts of a graph that its config says. */
export interface GraphParts {
  readonly name: string;
  readonly trainable: boolean;
  readonly operations: readonly Operation[];
  readonly nodes: readonly Node[];
  readonly inputStructure: Nested<KerasTensor>;
  readonly outputStructure: Nested<KerasTensor>;
}

export type Arguments = readonly unknown[];
export type Keywords = Readonly<Record<string, unknown>>;

export const NO_KEYWORDS: Keywords = Object.freeze({});

/** One call of an operation: tensors are the edges of the graph, calls its nodes. */
export class Node {
  readonly operation: Operation;
  readonly args: Arguments;
  readonly kwargs: Keywords;
  /** The tensors among the arguments, in order. */
  readonly inputs: readonly KerasTensor[];
  outputs: readonly KerasTensor[] = [];
  /** The form the outputs were given in. */
  structure: Nested<KerasTensor> = [];
  /** Which call of the operation this is. */
  index: number;
  /**
   * Keyword arguments that Keras 3.6 recorded though nobody gave them (`training: false`): written back, not
   * meant. Null where there are none.
   */
  injected: readonly string[] | null = null;

  constructor(operation: Operation, args: Arguments, kwargs: Keywords, inputs: readonly KerasTensor[]) {
    this.operation = operation;
    this.args = args;
    this.kwargs = kwargs;
    this.inputs = inputs;
    this.index = operation.inboundNodes.length;
    operation.inboundNodes.push(this);
  }

  /** Whether it has no inputs: the call of an InputLayer. */
  get isInput(): boolean {
    return this.inputs.length === 0;
  }

  #meant(): Keywords {
    const { injected, kwargs } = this;
    if (injected === null) return kwargs;
    return Object.fromEntries(Object.entries(kwargs).filter(([key]) => !injected.includes(key)));
  }

  /** The arguments that were given, with each tensor replaced. */
  fill(replace: (tensor: KerasTensor) => unknown): { args: unknown[]; kwargs: Record<string, unknown> } {
    const { args, inputs } = this;
    const [only] = inputs;
    if (only && inputs.length === 1 && args.length === 1 && args[0] === only && this.kwargs === NO_KEYWORDS) {
      return { args: [replace(only)], kwargs: {} };
    }
    const put = (leaf: unknown) => (leaf instanceof KerasTensor ? replace(leaf) : leaf);
    return {
      args: args.map((arg) => mapNested(arg as Nested<unknown>, put)),
      kwargs: mapNested(this.#meant() as Nested<unknown>, put) as Record<string, unknown>,
    };
  }
}

/** The KerasTensors anywhere in a call's arguments, in order. */
export function tensorsIn(args: Arguments, kwargs: Keywords): KerasTensor[] {
  if (args.length === 1 && args[0] instanceof KerasTensor && kwargs === NO_KEYWORDS) return [args[0]];
  return flatten([args, kwargs] as Nested<unknown>).filter((leaf) => leaf instanceof KerasTensor);
}

/** What an argument of any operation may be. */
export type CallArgument = AnyGiven<KerasTensor | Operand>;

/** What the class of an operation says of it. */
export interface OperationClass {
  readonly className: string;
  readonly signature: Signature;
  readonly contextual: readonly string[];
  /** What errors call it: `layer`, `model`, `operation`. */
  readonly noun: string;
}

/**
 * Something that can be called on tensors and appear in a graph: a layer, a model, or an operation such as `ops.add`.
 */
export abstract class Operation<S extends Signature = Signature> extends Configurable {
  /** What a call takes. */
  static readonly signature: Signature = takes("inputs", { inputs: structure() });
  /** Keyword arguments of any call that are for what is inside, whether or not the call takes them itself. */
  static readonly contextual: readonly string[] = [];
  /** Properties that every operation has and that say nothing of how it was made. */
  static readonly bookkeeping: readonly string[] = ["inboundNodes"];
  /** What errors call it. */
  static readonly noun: string = "operation";

  declare readonly ["constructor"]: Configurable["constructor"] & OperationClass;
  declare name: string;
  /** The calls of this operation on KerasTensors, in order. */
  declare readonly inboundNodes: Node[];

  constructor(options: object = {}) {
    super(options);
    // Assigned, here and in Layer: engines are slow at fields that a class of many kinds declares.
    this.inboundNodes = [];
    const name: unknown = (this as { name?: unknown }).name;
    if (typeof name !== "string") nameUnsaid(this, autoName(this.constructor.className));
  }

  /**
   * Calls the operation. On KerasTensors the call becomes part of a model; on tensors it is computed now, by the
   * reference engine. Tensors (or lists and dicts of them) as it takes them, in Keras's order; last, an object of
   * keyword arguments, spelled as Keras spells them: `lstm.apply(x, { mask, training: false })`.
   *
   * KerasTensors give a KerasTensor, tensors a tensor; what gives several says so, `lstm.apply<KerasTensor[]>(x)`.
   */
  apply<R extends Nested<KerasTensor> = KerasTensor>(
    first: GivenFirst<S, KerasTensor>,
    ...rest: readonly GivenRest<S, KerasTensor | Operand>[]
  ): NoInfer<R>;
  apply<R extends Nested<Tensor> = Tensor>(
    first: GivenFirst<S, Tensor>,
    ...rest: readonly GivenRest<S, Operand>[]
  ): NoInfer<R>;
  apply<R extends Nested<Numeric> = Numeric>(
    first: GivenFirst<S, Operand>,
    ...rest: readonly GivenRest<S, Operand>[]
  ): NoInfer<R>;
  apply<R extends Nested<KerasTensor | Numeric> = KerasTensor>(
    ...args: LooseArguments<S, KerasTensor | Operand>
  ): NoInfer<R>;
  apply(...args: readonly unknown[]): unknown {
    const { positional, kwargs } = splitKeywords(this, args);
    return this.invoke(positional, kwargs);
  }

  /** Calls the operation with positional and keyword arguments told apart. */
  invoke(args: Arguments, kwargs: Keywords): unknown {
    if (!Array.isArray(args) || typeof kwargs !== "object" || kwargs === null)
      throw this.problem(`expected a list and a dict of arguments, received ${inspect([args, kwargs])}.`);
    noteState(this);
    const inputs = tensorsIn(args, kwargs);
    if (inputs.length === 0) return this.compute(args, kwargs);
    const compute = () => this.stated(this.compute(args.map(toAbstract), toAbstract(kwargs) as Keywords));
    const isUnknown = inputs.some(({ shape }) => shape === unknownShape);
    const result = computedOrTold(this, this.inboundNodes.length, isUnknown ? null : compute);
    return connect(this, args, kwargs, inputs, result);
  }

  /** Writes a graph in which it and its like are what they stand for. Absent where every dialect has it. */
  unfolded?<T>(graph: GraphParts, write: (graph: GraphParts) => T): T;

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

  /** Its class and its name, for people to read. */
  override toString(): string {
    return `<${this.constructor.className} ${[`name=${printable(this.name)}`, ...this.facts()].join(", ")}>`;
  }

  /** What is said of it behind its name where it is printed. */
  protected facts(): string[] {
    return [];
  }

  #firstNode(): Node {
    const node = this.inboundNodes[0];
    if (!node) throw this.problem("expected a layer that was called, received one that never was.");
    return node;
  }
}

/** Gives an operation a name that its config goes on without, where that has none. */
export function nameUnsaid(operation: Operation, name: string): void {
  operation.name = name;
  if (leavesOut(operation, "name")) rememberUnsaid(operation, operation.constructor.fields, "name", name);
}

/** Where errors say that something is wrong with an operation: `layer "dense"`. */
export function placeOf(operation: Operation): string {
  return `${operation.constructor.noun} ${quote(operation.name)}`;
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
  const { contextual } = operation.constructor;
  const unknown = keys.find((key) => !names.includes(key) && !contextual.includes(key));
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
  return operation.problem(`expected ${known}, received ${quote(key)}.${didYouMean(key, names)}`);
}

function isTensorOrNull(leaf: unknown): boolean {
  return leaf === null || leaf instanceof KerasTensor || (typeof leaf === "object" && "shape" in leaf);
}

function toAbstract(argument: unknown): unknown {
  if (argument instanceof KerasTensor) return argument.value;
  if (argument === NO_KEYWORDS) return argument;
  return mapNested(argument as Nested<unknown>, (leaf) => (leaf instanceof KerasTensor ? leaf.value : leaf));
}
