import { ShapeError } from "../errors.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type StaticShape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import "./reference/kernels.ts";

export interface TensorOptions {
  /** Defaults to what the numbers are: bool, int32 or float32; a typed array's own. */
  readonly dtype?: DType;
  /** Defaults to the nesting of the arrays. */
  readonly shape?: StaticShape;
}

/**
 * A tensor of numbers, in nested arrays or a typed array. Layers and ops compute on it at once.
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]], { dtype: "float32" });
 * const y = tensor(new Float32Array(6), { shape: [2, 3] });
 */
export function tensor(values: NestedArray, options: TensorOptions = {}): Tensor {
  const made = fromNested(values, options.dtype);
  const { shape } = options;
  if (shape === undefined) return made;
  if (sizeOf(shape) !== made.size) {
    throw new ShapeError(
      "tensor",
      `expected ${sizeOf(shape)} numbers for shape ${formatShape(shape)}, received ${made.size}.`,
    );
  }
  return new Tensor(made.dtype, shape, made.data);
}
