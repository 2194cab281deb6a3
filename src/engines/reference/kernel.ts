import { EngineError, ShapeError } from "../../errors.ts";
import type { Attributes, DimensionSpec, PrimitiveName } from "../../program/primitives.ts";
import type { Spec } from "../../program/value.ts";
import { arrayType, type DType, type TypedArray } from "../../tensor/dtype.ts";
import { formatShape, isStatic, type Shape, type StaticShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** Computes a primitive with attributes `A`; `specs` is what its rule says of the results. */
export type KernelWith<A> = (inputs: readonly Tensor[], attributes: A, specs: readonly Spec[]) => Tensor[];

export type Kernel<K extends PrimitiveName> = KernelWith<Attributes[K]>;

/** The elements of an array, all numbers or all bigints. */
export interface Elements<T> {
  readonly length: number;
  [index: number]: T;
}

/** A tensor's elements as numbers; the caller has made sure that it is not of a 64-bit integer dtype. */
export function numbers(data: TypedArray): Elements<number> {
  return data as Elements<number>;
}

export function bigints(data: TypedArray): Elements<bigint> {
  return data as Elements<bigint>;
}

export function smaller(a: bigint, b: bigint): bigint {
  if (b < a) return b;
  return a;
}

export function larger(a: bigint, b: bigint): bigint {
  if (b > a) return b;
  return a;
}

export function isBigint(dtype: DType): boolean {
  return dtype === "int64" || dtype === "uint64";
}

export function notFor(primitive: string, dtype: DType): EngineError {
  return new EngineError("reference", `${primitive} is not there for ${dtype}.`);
}

/** A new array for a result. */
export function allocate(dtype: DType, shape: StaticShape): TypedArray {
  return new (arrayType(dtype))(sizeOf(shape));
}

export function staticShape(shape: Shape): StaticShape {
  if (!isStatic(shape))
    throw new ShapeError("reference", `expected a known shape, received ${formatShape(shape)}.`);
  return shape;
}

/** The tensor of a rule's result whose dimensions are all known. */
export function result({ dtype, shape }: Spec, data: TypedArray): Tensor {
  return new Tensor(dtype, staticShape(shape), data);
}

/** Replaces the dimensions that refer to dimension inputs by their values; these inputs start at `from`. */
export function resolveDimensions(
  shape: readonly DimensionSpec[],
  inputs: readonly Tensor[],
  from: number,
): number[] {
  return shape.map((size) => (size < -1 ? Number(inputs[from - 2 - size]!.data[0]) : size));
}

/** A shape seen along one axis: `outer` blocks of `length` rows of `inner` elements. */
export function alongAxis(shape: StaticShape, axis: number) {
  return {
    outer: sizeOf(shape.slice(0, axis)),
    length: shape[axis]!,
    inner: sizeOf(shape.slice(axis + 1)),
  };
}
