import type { Nested } from "../graph/nested.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";

/** A model's layers and what flows between them, as plain data that survives JSON. */
export interface ModelGraph {
  readonly name: string;
  readonly className: string;
  /** A model comes before the layers that are shown inside it. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** The tensors that the model gives. */
  readonly outputs: readonly GraphOutput[];
}

/** A layer, an operation, or a model inside. A layer that is called twice is one node. */
export interface GraphNode {
  /** Its name behind the ids of the models it is in: `encoder/dense`. */
  readonly id: string;
  readonly name: string;
  readonly className: string;
  readonly kind: "input" | "layer" | "operation" | "model";
  /** The id of the model it is shown in; null for the outermost. */
  readonly parent: string | null;
  /** Whether it is a model whose layers are nodes of their own. */
  readonly isOpen: boolean;
  /** Whether this program has the code of its class. */
  readonly isKnown: boolean;
  /** The shapes of its first call's inputs, in their structure; null where it was not called. */
  readonly inputShape: Nested<Shape> | null;
  readonly outputShape: Nested<Shape> | null;
  readonly outputDtype: Nested<DType> | null;
  /** How many numbers its weights have; null where they are not made yet. */
  readonly parameters: number | null;
  /** Null for what has no weights. */
  readonly trainable: boolean | null;
  /** The name of its activation; null for what has none. */
  readonly activation: string | null;
}

/** A tensor on its way from the node that makes it to one that takes it. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Which of the outputs of `from` it is. */
  readonly output: number;
  /** Null where nothing was computed yet, as in a stack that is not built. */
  readonly shape: Shape | null;
  readonly dtype: DType | null;
}

export interface GraphOutput {
  readonly node: string;
  readonly output: number;
  readonly shape: Shape;
  readonly dtype: DType;
}
