import type { KerasTensor, Node, Operation } from "../graph/graph.ts";
import type { Nested } from "../graph/nested.ts";
import type { KeptState } from "../layers/kept-state.ts";
import type { Layer } from "../layers/layer.ts";

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

export interface FunctionalOptions {
  /** Tensors made by `Input(…)` or by layers; alone, or in lists and dicts. */
  readonly inputs: Nested<KerasTensor>;
  readonly outputs: Nested<KerasTensor>;
  readonly name?: string | null | undefined;
  /** Where given, set on the model and all its layers. */
  readonly trainable?: boolean | undefined;
}
