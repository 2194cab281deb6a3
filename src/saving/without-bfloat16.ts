import type { Tensor } from "../tensor/tensor.ts";
import { type Hdf5DatasetInput, type Hdf5GroupInput, isGroupInput } from "./hdf5/tree.ts";
import { castStored } from "./stored-tensor.ts";

/**
 * The contents of a file with `bfloat16` in them as `float32`, which has all of its numbers. Keras 2 writes such arrays as
 * two opaque bytes an element, and reads back no file that has any: it reads these, into variables of `bfloat16`.
 */
export function withoutBfloat16(group: Hdf5GroupInput): Hdf5GroupInput {
  return { ...group, children: Array.from(group.children, ([name, node]) => [name, widened(node)]) };
}

function widened(node: Hdf5GroupInput | Hdf5DatasetInput): Hdf5GroupInput | Hdf5DatasetInput {
  if (isGroupInput(node)) return withoutBfloat16(node);
  if (node.dtype !== "bfloat16") return node;
  const data = (): Tensor | Promise<Tensor> => {
    const narrow = node.data();
    return narrow instanceof Promise ? narrow.then(inFloat32) : inFloat32(narrow);
  };
  const { shape, attributes = [] } = node;
  return { dtype: "float32", shape, attributes, data };
}

function inFloat32(narrow: Tensor): Tensor {
  return castStored(narrow, "float32");
}
