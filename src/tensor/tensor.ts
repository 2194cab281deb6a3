import { ShapeError } from "../errors.ts";
import { arrayType, type DType, type TypedArray } from "./dtype.ts";
import { formatShape, type StaticShape, sizeOf } from "./shape.ts";

/**
 * An array of numbers in memory: a dtype, a shape and the elements in row-major order. Never changed once made.
 */
export class Tensor {
  readonly dtype: DType;
  readonly shape: StaticShape;
  /** The elements; for `float16` and `bfloat16` their bits. */
  readonly data: TypedArray;

  constructor(dtype: DType, shape: StaticShape, data: TypedArray) {
    if (!(data instanceof arrayType(dtype)) || data.length !== sizeOf(shape)) {
      throw new ShapeError(
        "Tensor",
        `expected ${sizeOf(shape)} elements in a ${arrayType(dtype).name} for ${dtype} ` +
          `${formatShape(shape)}, received ${data.length} in a ${data.constructor.name}.`,
      );
    }
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /** How many elements there are. */
  get size(): number {
    return this.data.length;
  }
}
