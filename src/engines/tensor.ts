import { ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, isStaticShape, type StaticShape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import "./reference/at-once/all.ts";

export interface TensorOptions {
  /** Defaults to what the numbers are: bool, int32 or float32; a typed array's own. */
  readonly dtype?: DType | null | undefined;
  /** Defaults to the nesting of the arrays. */
  readonly shape?: StaticShape | null | undefined;
}

/**
 * A tensor of numbers, in nested arrays or a typed array. Layers and ops compute on it at once.
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]], { dtype: "float32" });
 * const y = tensor(new Float32Array(6), { shape: [2, 3] });
 */
export function tensor(values: NestedArray, options?: TensorOptions): Tensor;
/**
 * The same with shape and dtype by their places.
 *
 * @example
 * const x = tensor([1, 2, 3, 4, 5, 6], [2, 3], "float32");
 */
export function tensor(
  values: NestedArray,
  shape: StaticShape | null | undefined,
  dtype?: DType | null | undefined,
): Tensor;
export function tensor(
  values: NestedArray,
  second: TensorOptions | StaticShape | null | undefined = {},
  third?: DType | null,
): Tensor {
  const options = second === null || isShape(second) ? { shape: second, dtype: third } : second;
  checkOptions("tensor", options, { dtype: true, shape: true });
  if (third !== undefined && options === second) {
    throw new ShapeError("tensor", `expected a shape in front of the dtype, received ${inspect(second)}.`);
  }
  const { shape, dtype } = options;
  const made = fromNested(values, dtype ?? undefined);
  if (shape == null) return made;
  if (!isStaticShape(shape)) {
    throw new ShapeError("tensor", `expected a shape such as [2, 3], received ${inspect(shape)}.`);
  }
  if (sizeOf(shape) !== made.size) {
    throw new ShapeError(
      "tensor",
      `expected ${sizeOf(shape)} numbers for shape ${formatShape(shape)}, received ${made.size}.`,
    );
  }
  return new Tensor(made.dtype, shape, made.data, made.strings);
}

function isShape(second: TensorOptions | StaticShape): second is StaticShape {
  return Array.isArray(second);
}
