import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Builder } from "./builder.ts";

/** The shape and dtype of a value. */
export interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** What a value is computed in: a Program that is traced, or, without a builder, only shapes and dtypes. */
export interface Computation {
  readonly builder: Builder | null;
}

/**
 * A value inside a computation that has no numbers yet. With a `builder` it is traced: what is done to it is
 * appended to that builder's Program. Without one it is abstract: only shapes and dtypes are worked out.
 */
export class Value implements Spec, Computation {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly builder: Builder | null;

  constructor(shape: Shape, dtype: DType, builder: Builder | null = null) {
    this.shape = shape;
    this.dtype = dtype;
    this.builder = builder;
  }
}
