import { invariant } from "../../../errors.ts";
import type { DimensionSpec, Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { arrayType } from "../../../tensor/dtype.ts";
import { isStatic } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { elementType, type OnnxType, onnxType } from "../data-type.ts";
import type { Constant } from "../large-weight.ts";
import type { Node, NodeAttribute } from "../model.ts";
import { kernelType } from "./kernels.ts";
import type { Shared } from "./shared.ts";

type NodeAttributes = Readonly<Record<string, NodeAttribute>>;

/** Nodes that the runtime may take out from between others. */
const moving: ReadonlySet<string> = new Set(["Identity", "Cast", "Transpose", "Reshape"]);

/** How a Program's values and instructions get into a scope. */
type Lower = (scope: Scope, program: Program) => void;

/** The graph, or the body of a loop, that a Program's instructions are lowered into. */
export class Scope {
  readonly shared: Shared;
  /** How the body of a loop is lowered. */
  readonly lower: Lower;
  readonly nodes: Node[] = [];
  readonly #parent: Scope | null;
  readonly #names = new Map<Value, string>();
  readonly #constants = new Map<Value, Constant>();
  readonly #sizes = new Map<Value, string>();
  readonly #casts = new Map<string, string>();
  /** Where in `nodes` each name is made. */
  readonly #made = new Map<string, number>();

  constructor(shared: Shared, lower: Lower, parent: Scope | null = null) {
    this.shared = shared;
    this.lower = lower;
    this.#parent = parent;
  }

  /** The scope of a body inside this one. */
  inner(): Scope {
    return new Scope(this.shared, this.lower, this);
  }

  /** Says which name in the graph stands for a value of the Program. */
  bind(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  /** Whether a name stands for a value here already. */
  has(value: Value): boolean {
    return this.#names.has(value);
  }

  /** The same for a value that is known before the program runs. */
  bindConstant(value: Value, name: string, constant: Constant): void {
    this.#names.set(value, name);
    this.#constants.set(value, constant);
  }

  name(value: Value): string {
    const name = this.#names.get(value) ?? this.#parent?.name(value);
    invariant(name !== undefined, "a value is used before it is computed");
    return name;
  }

  /** What a value is, where it is known before the program runs. */
  known(value: Value): Constant | undefined {
    return this.has(value) ? this.#constants.get(value) : this.#parent?.known(value);
  }

  /** The elements of a value, where they are known now: those of a large weight are not. */
  elements(value: Value): Tensor | undefined {
    const known = this.known(value);
    return known instanceof Tensor ? known : undefined;
  }

  /** A bfloat16 result, computed as float32, without the bits that bfloat16 lacks. */
  round(name: string): string {
    const rounded = this.node("Cast", [name], { to: elementType.bfloat16 });
    return this.node("Cast", [rounded], { to: elementType.float32 });
  }

  /** Appends a node with one output, and names that. */
  node(op: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.split(op, inputs, 1, attributes)[0]!;
  }

  /** Appends a node with several outputs. */
  split(op: string, inputs: readonly string[], count: number, attributes: NodeAttributes = {}): string[] {
    const outputs = Array.from({ length: count }, () => this.shared.unique(op));
    for (const output of outputs) this.#made.set(output, this.nodes.length);
    this.nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  }

  /**
   * A node on operands of one dtype, cast to a type that has a kernel if theirs has none; gives that dtype back.
   * `others` are inputs of other types, such as axes.
   */
  compute(
    op: string,
    dtype: DType,
    operands: readonly string[],
    attributes: NodeAttributes = {},
    others: readonly string[] = [],
  ): string {
    const type = onnxType(dtype);
    return this.cast(this.computeAs(op, dtype, operands, attributes, others), kernelType(op, type), type);
  }

  /** The same for a node whose result has a type of its own, or is to be cast by the caller. */
  computeAs(
    op: string,
    dtype: DType,
    operands: readonly string[],
    attributes: NodeAttributes = {},
    others: readonly string[] = [],
  ): string {
    const own = onnxType(dtype);
    const type = kernelType(op, own);
    const inputs = operands.map((operand) => this.cast(operand, own, type));
    return this.node(op, [...inputs, ...others], attributes);
  }

  cast(name: string, from: DType, to: DType): string {
    if (from === to || name === "") return name;
    const key = `${name} ${to}`;
    let result = this.#casts.get(key);
    if (result === undefined) {
      result = this.node("Cast", [name], { to: elementType[to] });
      this.#casts.set(key, result);
    }
    return result;
  }

  constant(constant: Constant): string {
    return this.shared.intern(constant);
  }

  /** A list of int64, as operators take shapes and axes. */
  int64(values: readonly (number | bigint)[]): string {
    return this.constant(new Tensor("int64", [values.length], BigInt64Array.from(values, BigInt)));
  }

  /** A scalar of a type (not float16, which is cast). */
  scalar(dtype: DType, value: number): string {
    const type = onnxType(dtype);
    if (type === "float16") return this.cast(this.scalar("float32", value), "float32", "float16");
    const data = new (arrayType(type))(1);
    data[0] = typeof data[0] === "bigint" ? BigInt(value) : value;
    return this.constant(new Tensor(type, [], data));
  }

  /** One dimension of a value as a list of one int64. */
  dimension(value: Value, axis: number): string {
    const size = value.shape[axis]!;
    if (size !== null) return this.int64([size]);
    return this.node("Shape", [this.name(value)], { start: axis, end: axis + 1 });
  }

  /** Remembers that a scalar is also there as a list of one int64. */
  bindSize(value: Value, name: string): void {
    this.#sizes.set(value, name);
  }

  /** A scalar as a list of one int64. */
  size(value: Value): string {
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    return this.node("Reshape", [this.cast(this.name(value), value.dtype, "int64"), this.int64([1])]);
  }

  /**
   * The list of int64 that a target shape is. `inputs` are the dimension inputs, `known` the shape as far as it is
   * known from the trace.
   */
  shape(
    target: readonly DimensionSpec[],
    inputs: readonly Value[],
    known: readonly (number | null)[],
  ): string {
    if (isStatic(known)) return this.int64(known);
    const parts = target.map((dimension, i) => {
      const size = known[i] ?? (dimension < -1 ? null : dimension);
      return size === null ? inputs[-2 - dimension]! : size;
    });
    return this.concatSizes(parts.map((part) => (typeof part === "number" ? part : this.size(part))));
  }

  /** A list of int64 from numbers and names of lists. */
  concatSizes(parts: readonly (number | string)[]): string {
    const names: string[] = [];
    let run: number[] = [];
    const flush = () => {
      if (run.length > 0) names.push(this.int64(run));
      run = [];
    };
    for (const part of parts) {
      if (typeof part === "number") {
        run.push(part);
      } else {
        flush();
        names.push(part);
      }
    }
    flush();
    if (names.length === 0) return this.int64([]);
    return names.length === 1 ? names[0]! : this.node("Concat", names, { axis: 0 });
  }

  /** Pads with one value: `pads` are the low ends of all axes, then the high ones. */
  pad(name: string, dtype: DType, pads: string, value: number): string {
    const own = onnxType(dtype);
    const type = kernelType("Pad", own);
    const filler =
      type === "bool" ? this.cast(this.scalar("uint8", value), "uint8", "bool") : this.scalar(type, value);
    return this.cast(this.node("Pad", [this.cast(name, own, type), pads, filler]), type, own);
  }

  /**
   * Keeps the padding that a MaxPool sees. ONNX Runtime (1.30) takes zeros around an image for padding of the MaxPool,
   * which counts none; a Pad that names its axes it leaves alone.
   */
  keepPadding(name: string): void {
    const at = this.#made.get(name);
    const node = at === undefined ? undefined : this.nodes[at];
    if (node === undefined || at === undefined) return;
    const [x = "", pads = "", filler = "", ...rest] = node.inputs;
    if (moving.has(node.op)) this.keepPadding(x);
    if (node.op !== "Pad" || rest.length > 0) return;
    const [ends = 0] = this.shared.initializers.get(pads)?.shape ?? [];
    const axes = this.int64(Array.from({ length: ends / 2 }, (_, axis) => axis));
    this.nodes[at] = { ...node, inputs: [x, pads, filler, axes] };
  }

  transpose(name: string, perm: readonly number[]): string {
    return perm.every((axis, i) => axis === i) ? name : this.node("Transpose", [name], { perm });
  }
}

/** The type a value has in the graph. */
export function typeOf(value: { readonly dtype: DType }): OnnxType {
  return onnxType(value.dtype);
}
