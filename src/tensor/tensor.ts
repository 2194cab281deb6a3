import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { arrayType, type DType, dtypes, isDType, type TypedArray } from "./dtype.ts";
import { formatShape, isStaticShape, type StaticShape, sizeOf } from "./shape.ts";

/**
 * An array of numbers in memory: a dtype, a shape and the elements in row-major order. Never changed once made.
 */
export class Tensor {
  readonly dtype: DType;
  readonly shape: StaticShape;
  /** The elements; for `float16` and `bfloat16` their bits. */
  readonly data: TypedArray;

  constructor(dtype: DType, shape: StaticShape, data: TypedArray) {
    if (!isDType(dtype)) {
      throw new ShapeError("Tensor", `expected a dtype (${dtypes.join(", ")}), received ${inspect(dtype)}.`);
    }
    if (!isStaticShape(shape)) {
      throw new ShapeError(
        "Tensor",
        `expected a shape of dimensions of at least 0, received ${inspect(shape)}.`,
      );
    }
    if (!(data instanceof arrayType(dtype)) || data.length !== sizeOf(shape)) {
      throw new ShapeError(
        "Tensor",
        `expected ${sizeOf(shape)} elements in a ${arrayType(dtype).name} for ${dtype} ` +
          `${formatShape(shape)}, received ${ArrayBuffer.isView(data) ? `${data.length} in a ${data.constructor.name}` : inspect(data)}.`,
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
