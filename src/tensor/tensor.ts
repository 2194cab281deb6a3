import { ShapeError } from "../errors.ts";
import { inConsole } from "../json/in-console.ts";
import { inspect } from "../json/inspect.ts";
import { type Best, bestOfRows, placesOfBest } from "./best.ts";
import { arrayType, type DType, dtypes, isDType, type TypedArray } from "./dtype.ts";
import { type NestedArray, nestedOf } from "./nested.ts";
import { formatShape, isStaticShape, type StaticShape, sizeOf } from "./shape.ts";
import { tensorText } from "./text.ts";

/**
 * An array of numbers, or of texts, in memory: a dtype, a shape and the elements in row-major order. Never changed once
 * made.
 */
export class Tensor {
  readonly dtype: DType;
  readonly shape: StaticShape;
  /** The elements; for `float16` and `bfloat16` their bits, for `string` their places in `strings`. */
  readonly data: TypedArray;
  /** The texts that a tensor of dtype `string` is made of; null for all others. */
  readonly strings: readonly string[] | null;

  constructor(dtype: DType, shape: StaticShape, data: TypedArray, strings: readonly string[] | null = null) {
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
    if ((dtype === "string") !== (strings !== null)) {
      throw new ShapeError(
        "Tensor",
        `expected ${dtype === "string" ? "a list of texts" : "no texts"} for ${dtype}, received ${inspect(strings)}.`,
      );
    }
    if (strings !== null) checkPlaces(data as Int32Array, strings);
    this.dtype = dtype;
    this.strings = strings;
    this.shape = shape;
    this.data = data;
  }

  /** How many elements there are. */
  get size(): number {
    return this.data.length;
  }

  /**
   * The elements as nested arrays: booleans for `bool`, texts for `string`, numbers for all others, bigints for
   * integers beyond 2^53. A tensor of no dimensions gives its one element.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).toArray(); // [[1, 2], [3, 4]]
   */
  toArray(): NestedArray {
    return nestedOf(this);
  }

  /**
   * The parts along the first axis, which share the memory of the whole: of a batch its rows, of a vector tensors of
   * one element. A tensor of no dimensions has none.
   *
   * @example
   * for (const row of tensor([[0.1, 0.9], [0.7, 0.3]])) console.log(String(row.argmax()));
   */
  *[Symbol.iterator](): IterableIterator<Tensor> {
    const [rows = 0, ...shape] = this.shape;
    const width = sizeOf(shape);
    for (let i = 0; i < rows; i++) {
      yield new Tensor(this.dtype, shape, this.data.subarray(i * width, (i + 1) * width), this.strings);
    }
  }

  /**
   * Where the largest elements along an axis are: an int32 tensor without that axis. Of equal ones it is the first, and
   * NaN counts as the largest, as in Keras's `ops.argmax`, whose axis is null where nobody says. An axis that is not
   * there or has no elements is a {@link ShapeError}.
   *
   * @param axis Counted from the end where negative. Defaults to the last. With null, the place among all elements.
   *
   * @example
   * tensor([[0.1, 0.9], [0.7, 0.3]]).argmax().toArray(); // [1, 0]
   */
  argmax(axis: number | null = -1): Tensor {
    const { shape, dtype, data } = axis === null ? { ...this, shape: [this.size] } : this;
    const rank = shape.length;
    const at = axis === null ? 0 : Number.isInteger(axis) && axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(at) || !shape[at]) {
      throw new ShapeError(
        "argmax",
        Number.isInteger(at) && shape[at] === 0
          ? `expected elements along the axis, received the shape ${formatShape(this.shape)}.`
          : `expected an axis of the shape ${formatShape(shape)} or null, received ${inspect(axis)}.`,
      );
    }
    const left = shape.filter((_, i) => i !== at);
    return new Tensor("int32", left, placesOfBest({ shape, dtype, data }, at));
  }

  /**
   * The largest elements of each row along the last axis, the largest first and of equal ones the first first, as plain
   * data: `{ index, value, label }`. A tensor of one dimension gives the list of its one row, a tensor of more a list of
   * such lists, also where it has one row: `topK<Best[]>(3)` says to the compiler that it is one dimension. A `k` that
   * is more than the row has, or labels that are not as many, are a {@link ShapeError}.
   *
   * @param k How many of each row.
   * @param labels The names of the places of a row. Defaults to their numbers.
   *
   * @example
   * const scores = tensor([[0.1, 0.7, 0.2]]);
   * const [first] = scores.topK(2, ["cat", "dog", "owl"]);
   * console.log(first?.map(({ label, value }) => `${label} ${value.toFixed(2)}`)); // ["dog 0.70", "owl 0.20"]
   */
  topK<Result extends Best[] | Best[][] = Best[][]>(k: number, labels?: readonly string[]): Result {
    const rows = bestOfRows(this, k, labels);
    return (this.shape.length === 1 ? rows[0] : rows) as Result;
  }

  /** The shape, the dtype and the numbers, which are written and shortened as NumPy does. */
  toString(): string {
    return tensorText(this);
  }

  [inConsole](): string {
    return this.toString();
  }
}

/** Complains about elements that are the places of no texts. */
function checkPlaces(places: Int32Array, strings: readonly string[]): void {
  for (const place of places) {
    if (place >= 0 && place < strings.length) continue;
    throw new ShapeError(
      "Tensor",
      `expected places in a list of ${strings.length} texts, received ${place}.`,
    );
  }
}
