import { arrayType } from "../../../tensor/dtype.ts";
import { stridesOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";

/** A tensor with its axes in another order. */
export function transposeTensor(tensor: Tensor, perm: readonly number[]): Tensor {
  const from = stridesOf(tensor.shape);
  const shape = perm.map((axis) => tensor.shape[axis]!);
  const strides = perm.map((axis) => from[axis]!);
  const last = shape.length - 1;
  const source = tensor.data;
  const data = new (arrayType(tensor.dtype))(tensor.size);
  const index = new Array<number>(shape.length).fill(0);
  const run = shape[last] ?? 1;
  const stride = strides[last] ?? 1;
  let offset = 0;
  for (let i = 0; i < data.length; ) {
    for (let k = 0; k < run; k++) data[i++] = source[offset + k * stride]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      offset += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      offset -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return new Tensor(tensor.dtype, shape, data);
}
