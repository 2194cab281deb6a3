/**
 * What stands for numbers, and what an operation makes of it:
 *
 * | type | what it is | an operation on it |
 * |---|---|---|
 * | `Tensor` | numbers | computes, at once |
 * | `Value` | no numbers yet: a shape and a dtype, or a place in a Program | works out shape and dtype, or is traced |
 * | `Variable` | numbers that an owner keeps and training changes | reads them: now, or whenever the Program runs |
 * | `KerasTensor` | a place in the graph of a model (`graph/`) | becomes a call of the model |
 * | `Numeric` | a `Tensor` or a `Value` | gives one: so does `call`, which receives them |
 * | `Operand` | a `Numeric` or a `Variable` | takes one |
 */

import { ModelError, ShapeError } from "../errors.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "./variable.ts";

/** The shape and dtype of a value. */
export interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** As many as TensorFlow has. Each costs something at each call, and a file could have a hundred thousand of both. */
const mostDimensions = 254;

/** What a traced value belongs to: the {@link Builder} of a Program. A value knows no primitives, so names are strings. */
export interface Trace {
  append(primitive: string, attributes: object, inputs: readonly Value[], specs: readonly Spec[]): Value[];
  constant(tensor: Tensor): Value;
  variable(variable: Variable): Value;
  update(variable: Variable, value: Value): void;
}

/** What a value is computed in: a Program that is traced, or, without a builder, only shapes and dtypes. */
export interface Computation {
  readonly builder: Trace | null;
}

/**
 * A value inside a computation that has no numbers yet. With a `builder` it is traced: what is done to it is
 * appended to that builder's Program. Without one it is abstract: only shapes and dtypes are worked out.
 */
export class Value implements Spec, Computation {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly builder: Trace | null;

  constructor(shape: Shape, dtype: DType, builder: Trace | null = null) {
    if (shape.length > mostDimensions) {
      const message = `expected at most ${mostDimensions} dimensions, received ${shape.length}.`;
      throw new ShapeError("shape", message);
    }
    this.shape = shape;
    this.dtype = dtype;
    this.builder = builder;
  }

  /** The numbers of a tensor, which a value does not have: an error, so that what is one or the other can be asked. */
  toArray(): never {
    const message = `expected a tensor, received a value of ${this.dtype} ${formatShape(this.shape)}, which has no numbers before its program runs.`;
    throw new ModelError("toArray", message);
  }
}

/** Whether only the shape and dtype of something are worked out. */
export function isAbstract(operand: unknown): boolean {
  return operand instanceof Value && operand.builder === null;
}
