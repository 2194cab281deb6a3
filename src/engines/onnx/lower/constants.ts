import type { StaticShape } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { type Constant, LargeWeight } from "../large-weight.ts";
import { transposeTensor } from "./constant-transpose.ts";

/** A constant in another shape of as many elements. */
export function reshapeConstant(constant: Constant, shape: StaticShape): Constant {
  if (constant instanceof LargeWeight) return constant.reshaped(shape);
  return new Tensor(constant.dtype, shape, constant.data);
}

/** A constant with its axes in another order. */
export function transposeConstant(constant: Constant, perm: readonly number[]): Constant {
  if (constant instanceof LargeWeight) return constant.transposed(perm);
  return transposeTensor(constant, perm);
}
