import type { KerasTensor, Node, Operation } from "../graph/graph.ts";
import type { Nested } from "../graph/nested.ts";
import type { Layer } from "../layers/layer.ts";
import type { KeptState } from "../program/kept-state.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a model is made of, as the functions see it that show, run and export one. */
export interface ModelParts extends Layer {
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  readonly layers: readonly Layer[];
  readonly operations: readonly Operation[];
  readonly compiled: boolean;
  readonly optimizerState: KeptState | null;
}

/** What a functional model is made of, as the functions see it that write its config and call it. */
export interface FunctionalParts extends ModelParts {
  readonly nodes: readonly Node[];
  readonly inputStructure: Nested<KerasTensor>;
  readonly outputStructure: Nested<KerasTensor>;
}

/** What a Functional takes; `Outputs` is the form of its outputs. */
export interface FunctionalOptions<Outputs extends Nested<KerasTensor> = Nested<KerasTensor>> {
  /** Tensors made by `Input(…)` or by layers; alone, or in lists and dicts. */
  readonly inputs: Nested<KerasTensor>;
  /** Tensors made of the inputs by layers and ops; alone, or in lists and dicts. */
  readonly outputs: Outputs;
  /** A name without `/`. Defaults to one such as `functional_1`. */
  readonly name?: string | null | undefined;
  /** Whether training changes the weights; where given, it is set on all layers. Defaults to true, for layers to what they say. */
  readonly trainable?: boolean | undefined;
}

/** What a model with these outputs gives: a tensor for each, in their form; one alone in a list comes without it. */
export type OutputsOf<G> =
  Nested<KerasTensor> extends G
    ? Nested<Tensor>
    : G extends readonly [infer Only]
      ? Computed<Only>
      : G extends readonly (infer Item)[]
        ? Computed<G> | (number extends G["length"] ? Computed<Item> : never)
        : Computed<G>;

type Computed<G> = G extends KerasTensor ? Tensor : { readonly [K in keyof G]: Computed<G[K]> };
