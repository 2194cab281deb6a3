import type { Dialect } from "../dialects/version.ts";
import type { KerasTensor, Operation } from "../graph/graph.ts";
import type { Layer } from "../layers/layer.ts";
import type { Variable } from "../program/variable.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { OperationRow } from "./operations/operation-row.ts";
import type { Columns } from "./scaled.ts";

/** The version of Keras that a model is written out for. */
export interface Target {
  readonly dialect: Dialect;
  /** The weights that become others, with what they are multiplied by; rows add to it. */
  readonly factors: Map<Variable, Columns>;
  /** A name that no layer or operation of the model has, made of another one. */
  readonly free: (name: string) => string;
}

/** A weight of the old layer whose value, or what is made of it, goes to one of the new ones. */
export type Move = readonly [from: Variable, to: Variable, make?: (value: Tensor) => Tensor];

/** What a model is written out for, and how. */
export interface Reader {
  readonly dialect: Dialect;
  /** Whether it may not have an operation, or a layer, as it is. */
  lacks(operation: Operation): boolean;
  /** What stands for a layer; null where it has to stay as it is. */
  layer(layer: Layer, target: Target): Unfolding | null;
  /** What operations become, as the end of a sentence. */
  readonly becomes: string;
  /** How an operation is written out. */
  operation(operation: Operation): OperationRow | undefined;
}

/** What stands for a layer where it is not there. */
export interface Unfolding {
  /** What became of it, as a sentence behind its name. */
  readonly says: string;
  /** The layer that gets its weights, in their order; null where it has none. */
  readonly holder: Layer | null;
  /** Weights that go one by one, where the holder does not have all of them. */
  readonly moves?: () => readonly Move[];
  /** The layers that are called in its place, one after the other; null where that are other calls. */
  readonly layers: readonly Layer[] | null;
  /** The calls in its place. */
  calls(x: KerasTensor, ...rest: readonly unknown[]): KerasTensor;
}

/** How a layer of a class is written out; null where it cannot be. */
export type Row = (layer: never, target: Target) => Unfolding | null;

/** A layer, or several one after the other, in place of one; the weights go to `holder`. */
export function chained(layers: readonly Layer[], holder: Layer | null, says: string): Unfolding {
  return {
    says,
    holder,
    layers,
    calls: (x) => layers.reduce<KerasTensor>((value, layer) => layer.apply(value), x),
  };
}

/** Calls in place of a layer; the weights go to `holder`. */
export function called(calls: Unfolding["calls"], holder: Layer | null, says: string): Unfolding {
  return { says, holder, layers: null, calls };
}
