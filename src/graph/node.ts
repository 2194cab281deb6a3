import { KerasTensor } from "./keras-tensor.ts";
import { mapNested, type Nested } from "./nested.ts";
import type { Operation } from "./operation.ts";

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
  readonly index: number;
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
    if (this.injected === null) return this.kwargs;
    return Object.fromEntries(Object.entries(this.kwargs).filter(([key]) => !this.injected!.includes(key)));
  }

  /** The arguments that were given, with each tensor replaced. */
  fill(replace: (tensor: KerasTensor) => unknown): { args: unknown[]; kwargs: Record<string, unknown> } {
    const { args, inputs } = this;
    if (args.length === 1 && inputs.length === 1 && args[0] === inputs[0] && this.kwargs === NO_KEYWORDS) {
      return { args: [replace(inputs[0]!)], kwargs: {} };
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
  const found: KerasTensor[] = [];
  const look = (leaf: unknown) => {
    if (leaf instanceof KerasTensor) found.push(leaf);
  };
  for (const arg of args) mapNested(arg as Nested<unknown>, look);
  if (kwargs !== NO_KEYWORDS) mapNested(kwargs as Nested<unknown>, look);
  return found;
}
