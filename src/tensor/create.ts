import { ShapeError } from "../errors.ts";
import { checkLevel } from "../json/depth.ts";
import { inspect } from "../json/inspect.ts";
import { didYouMean } from "../json/suggest.ts";
import { castTensor, fromNumbers } from "./cast.ts";
import { type Arrays, arrayType, type DType, dtypes, isDType, type TypedArray } from "./dtype.ts";
import { type NestedArray, nestedOf, type Scalar } from "./nested.ts";
import { newArray } from "./new-array.ts";
import { formatShape, isStaticShape, type StaticShape, stridesOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

export { castTensor, fromNumbers, toNumbers } from "./cast.ts";
export type { NestedArray, Scalar } from "./nested.ts";

/**
 * A tensor of nested arrays. Without a dtype: that of typed arrays, where all innermost ones are of one kind; `bool` for
 * booleans; `string` for texts; `int64` for bigints; `int32` for whole numbers it can hold, booleans among them; else `float32`.
 * `1.0` is a whole number in JavaScript: give the dtype where that matters. Errors call the arrays `where`.
 */
export function fromNested(values: NestedArray, dtype?: DType, where = "values"): Tensor {
  if (dtype !== undefined) checkDType(dtype);
  const collected: Collected = { where, items: [], kinds: new Set() };
  const shape = firstShape(values);
  collect(values, shape, [], collected);
  return fromScalars(dtype ?? inferDType(collected), shape, collected.items, where);
}

/**
 * A tensor over a typed array, which is not copied where it is what the dtype keeps (float16 and bfloat16: the bits in a
 * `Uint16Array`); any other is cast. Without a dtype: that of the array.
 */
export function fromTyped(data: TypedArray | Uint8ClampedArray, shape: StaticShape, dtype?: DType): Tensor {
  const array =
    data instanceof Uint8ClampedArray ? new Uint8Array(data.buffer, data.byteOffset, data.length) : data;
  const own = dtypeOf(array);
  if (dtype === undefined) return new Tensor(own, shape, array);
  if (array instanceof arrayType(dtype)) return new Tensor(dtype, shape, array);
  return castTensor(new Tensor(own, shape, array), dtype);
}

/** A tensor with the same value everywhere. */
export function full(shape: StaticShape, value: Scalar, dtype: DType): Tensor {
  if (!isStaticShape(shape)) {
    const received = Array.isArray(shape) ? formatShape(shape) : inspect(shape);
    throw new ShapeError("full", `expected dimensions of at least 0, received ${received}.`);
  }
  const one = scalar(value, dtype);
  const data = newArray("full", dtype, shape) as Float32Array;
  return new Tensor(dtype, shape, data.fill((one.data as Float32Array)[0]!), one.strings);
}

/** A tensor of one element and no dimensions. */
export function scalar(value: Scalar, dtype: DType): Tensor {
  return fromScalars(dtype, [], [value]);
}

/**
 * A tensor's elements as nested arrays: booleans for `bool`, texts for `string`, numbers for all others, bigints for integers beyond 2^53.
 */
export function toNested(tensor: Tensor): NestedArray {
  if (!(tensor instanceof Tensor)) {
    throw new ShapeError("toNested", `expected a tensor, received ${inspect(tensor)}.`);
  }
  return nestedOf(tensor);
}

interface Collected {
  readonly where: string;
  readonly items: Scalar[];
  /** What the elements are: a typed array's dtype, or what a plain element looks like. */
  readonly kinds: Set<DType | "bigint" | "whole" | "other">;
}

function isScalar(item: unknown): item is Scalar {
  return (
    typeof item === "number" ||
    typeof item === "boolean" ||
    typeof item === "bigint" ||
    typeof item === "string"
  );
}

function inferDType({ kinds }: Collected): DType {
  const [kind, ...more] = kinds;
  if (kind !== undefined && more.length === 0 && isDTypeKind(kind)) return kind;
  const all = [...kinds];
  if (all.length === 0 || all.some((each) => each === "other" || each.startsWith("float"))) return "float32";
  return all.some((each) => each === "bigint" || each.endsWith("64")) ? "int64" : "int32";
}

function isDTypeKind(kind: DType | "bigint" | "whole" | "other"): kind is DType {
  return kind !== "bigint" && kind !== "whole" && kind !== "other";
}

function kindOf(item: Scalar): "bool" | "string" | "bigint" | "whole" | "other" {
  if (typeof item === "boolean") return "bool";
  if (typeof item === "string") return "string";
  if (typeof item === "bigint") return "bigint";
  return (item | 0) === item ? "whole" : "other";
}

function isTyped(values: unknown): values is TypedArray | Uint8ClampedArray {
  return ArrayBuffer.isView(values) && !(values instanceof DataView);
}

function dtypeOf(data: TypedArray): DType {
  const plain = dtypes.filter((dtype) => dtype !== "bool" && !dtype.endsWith("float16"));
  const dtype = plain.find((each) => data instanceof arrayType(each));
  if (dtype === undefined) {
    throw new ShapeError(
      "Tensor",
      `expected a typed array of a known dtype, received ${data.constructor.name}.`,
    );
  }
  return dtype;
}

/** The shape that the first element of each array suggests. */
export function firstShape(values: NestedArray): number[] {
  const shape: number[] = [];
  let inner: NestedArray | undefined = values;
  while (Array.isArray(inner) || isTyped(inner)) {
    checkLevel(shape.length);
    shape.push(inner.length);
    inner = inner[0] as NestedArray | undefined;
  }
  return shape;
}

function collect(values: NestedArray, shape: StaticShape, place: number[], collected: Collected): void {
  const expected = shape[place.length];
  if (!Array.isArray(values) && !isTyped(values)) {
    const item = values as Scalar;
    if (expected !== undefined) fail(collected.where, place, `an array of ${expected}`, inspect(item));
    if (!isScalar(item))
      fail(collected.where, place, "a number, a boolean, a bigint or a text", inspect(item));
    collected.items.push(item);
    collected.kinds.add(kindOf(item));
    return;
  }
  if (expected === undefined) fail(collected.where, place, "a number", `an array of ${values.length}`);
  if (values.length !== expected)
    fail(collected.where, place, `an array of ${expected}`, `one of ${values.length}`);
  if (isTyped(values)) {
    if (place.length + 1 !== shape.length)
      fail(collected.where, place, `an array of arrays`, values.constructor.name);
    collected.kinds.add(values instanceof Uint8ClampedArray ? "uint8" : dtypeOf(values));
    for (let i = 0; i < values.length; i++) collected.items.push(values[i]!);
    return;
  }
  for (let i = 0; i < values.length; i++) {
    place.push(i);
    collect(values[i], shape, place, collected);
    place.pop();
  }
}

/** Complains about what is the name of no dtype. */
export function checkDType(dtype: unknown): asserts dtype is DType {
  if (isDType(dtype)) return;
  const help = typeof dtype === "string" ? didYouMean(dtype, dtypes) : "";
  throw new ShapeError("dtype", `expected one of ${dtypes.join(", ")}, received ${inspect(dtype)}.${help}`);
}

/** A tensor of texts. */
export function fromTexts(shape: StaticShape, texts: readonly string[]): Tensor {
  return new Tensor("string", shape, Int32Array.from(texts.keys()), texts);
}

function fail(where: string, place: readonly number[], expected: string, received: string): never {
  const path = where + place.map((i) => `[${i}]`).join("");
  throw new ShapeError(path, `expected ${expected}, received ${received}.`);
}

function fromScalars(dtype: DType, shape: StaticShape, items: readonly Scalar[], where = "values"): Tensor {
  const isText = (item: Scalar): item is string => typeof item === "string";
  if (dtype === "string" && items.every(isText)) return fromTexts(shape, items);
  const wrong = items.findIndex((item) => isText(item) !== (dtype === "string"));
  if (wrong >= 0) {
    const place = stridesOf(shape).map((stride, axis) => Math.floor(wrong / stride) % shape[axis]!);
    fail(where, place, dtype === "string" ? "a text" : `a number for ${dtype}`, inspect(items[wrong]));
  }
  if (dtype === "int64" || dtype === "uint64") {
    const integers = items.map((x) =>
      typeof x === "number" ? (Number.isFinite(x) ? BigInt(Math.trunc(x)) : 0n) : BigInt(x),
    );
    const type: { from(values: bigint[]): Arrays["int64" | "uint64"] } =
      dtype === "int64" ? BigInt64Array : BigUint64Array;
    return new Tensor(dtype, shape, type.from(integers));
  }
  return fromNumbers(dtype, shape, items.map(Number));
}
