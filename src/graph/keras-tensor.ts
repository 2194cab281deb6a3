import { invariant } from "../errors.ts";
import { currentWriting } from "../fields/writing.ts";
import type { JsonValue } from "../json/json.ts";
import { type Spec, Value } from "../program/value.ts";
import { toWire, type Wired } from "../registry/literals.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import { uniquify } from "./naming.ts";
import type { Node } from "./node.ts";
import type { Operation } from "./operation.ts";

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
    return this.value.shape.length;
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
        shape: [...this.shape],
        dtype: this.dtype,
        keras_history: node && [node.operation.name, nodeIndices?.get(node) ?? node.index, tensorIndex],
      },
    };
  }

  toString(): string {
    return `<KerasTensor shape=${formatShape(this.shape)}, dtype=${this.dtype}, name=${this.name}>`;
  }
}

/** The call that made a tensor of a graph. */
export function nodeOf({ node }: KerasTensor): Node {
  invariant(node, "a tensor of a graph was made by no call");
  return node;
}

/** Whether a tensor comes from nowhere: no call made it. */
export function isWithoutGraph(tensor: KerasTensor): boolean {
  return tensor.node === null;
}
