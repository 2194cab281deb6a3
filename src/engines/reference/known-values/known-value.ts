import type { Attributes, PrimitiveName } from "../../../program/primitives.ts";
import { arrayType, type DType } from "../../../tensor/dtype.ts";
import type { StaticShape } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";

/** Inputs, attributes, and what comes out. */
export type KnownValue<K extends PrimitiveName> = readonly [
  inputs: readonly Tensor[],
  attributes: Attributes[K],
  outputs: readonly Tensor[],
];

export type KnownValues<K extends PrimitiveName> = { readonly [P in K]: readonly KnownValue<P>[] };

export function of(dtype: DType, shape: StaticShape, values: readonly number[]): Tensor {
  const data = new (arrayType(dtype))(values.length);
  values.forEach((value, i) => {
    data[i] = value;
  });
  return new Tensor(dtype, shape, data);
}

export const f32 = (shape: StaticShape, values: readonly number[]) => of("float32", shape, values);
export const i32 = (shape: StaticShape, values: readonly number[]) => of("int32", shape, values);
export const i8 = (shape: StaticShape, values: readonly number[]) => of("int8", shape, values);
export const b = (shape: StaticShape, values: readonly number[]) => of("bool", shape, values);
