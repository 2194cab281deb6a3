import type { DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { PieceRoom, Pieces } from "../read-ahead.ts";

/** What an attribute can be written from: a text, several, or numbers (a scalar is a tensor of shape `[]`). */
export type AttributeInput = string | readonly string[] | Tensor;

/** Attributes by name, each once. */
export type Attributes = Iterable<readonly [name: string, value: AttributeInput]>;

/** A dataset to be written: its dtype and shape at once, its elements when it is their turn. */
export interface Hdf5DatasetInput {
  readonly dtype: DType;
  readonly shape: StaticShape;
  readonly attributes?: Attributes;
  readonly data: () => Tensor | Promise<Tensor>;
  /** Their bytes in order, little-endian, piece by piece, where a large one need not be in memory whole. */
  readonly pieces?: (room?: PieceRoom) => Pieces | undefined;
}

/** A group to be written. */
export interface Hdf5GroupInput {
  readonly attributes?: Attributes;
  /** By name, each once: a map, or a list, which takes less memory. */
  readonly children: Iterable<readonly [name: string, node: Hdf5GroupInput | Hdf5DatasetInput]>;
}

export function isGroupInput(node: Hdf5GroupInput | Hdf5DatasetInput): node is Hdf5GroupInput {
  return "children" in node;
}
