import { KerasTensor } from "./keras-tensor.ts";
import { isDict, mapNested, type Nested, sortedKeys } from "./nested.ts";
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
  const found: KerasTensor[] = [];
  collect(args, found);
  if (kwargs !== NO_KEYWORDS) collect(kwargs, found);
  return found;
}

function collect(value: unknown, found: KerasTensor[]): void {
  if (value instanceof KerasTensor) found.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isDict(value)) for (const key of sortedKeys(value)) collect(value[key], found);
}
