import type { KerasTensor } from "../../graph/graph.ts";
import type { Nested } from "../../graph/nested.ts";

/** What an operation is called with, tensors and options, by the names that Keras has for them. */
export interface Given {
  readonly x: KerasTensor;
  readonly x1: KerasTensor;
  readonly x2: KerasTensor;
  // biome-ignore lint/suspicious/noExplicitAny: options of any operation.
  readonly [option: string]: any;
}

/** The calls of older operations that compute the same as one; null where there are none for what it is given. */
export type OperationRow = (given: Given) => Nested<KerasTensor> | null;

/** By module after `keras.src.ops.` and class. */
export type OperationRows = Readonly<Record<string, OperationRow>>;
