import { ShapeError } from "../../errors.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import type { Spec } from "../value.ts";

/** The dtype that all of `inputs` have. */
export function oneDtype(inputs: readonly Spec[], context: string, from = 0): DType {
  const { dtype } = inputs[from]!;
  for (let i = from + 1; i < inputs.length; i++) {
    if (inputs[i]!.dtype !== dtype) {
      throw new ShapeError(
        context,
        `expected operands of one dtype, received ${dtype} and ${inputs[i]!.dtype}.`,
      );
    }
  }
  return dtype;
}

export function expectDtype({ dtype }: Spec, expected: DType, what: string, context: string): void {
  if (dtype !== expected) {
    throw new ShapeError(context, `expected ${what} of dtype ${expected}, received ${dtype}.`);
  }
}

export function expectFloat({ dtype }: Spec, context: string): void {
  if (!isFloat(dtype)) throw new ShapeError(context, `expected a float dtype, received ${dtype}.`);
}

export function expectAxis({ shape }: Spec, axis: number, context: string): void {
  if (!(axis >= 0 && axis < shape.length)) {
    throw new ShapeError(context, `expected an axis of ${formatShape(shape)}, received ${axis}.`);
  }
}

export function expectRank({ shape }: Spec, rank: number, what: string, context: string): void {
  if (shape.length !== rank) {
    throw new ShapeError(context, `expected ${what} of ${rank} dimensions, received ${formatShape(shape)}.`);
  }
}

/** Whether two dimensions are, or may turn out to be, equal. */
export function mayEqual(a: number | null, b: number | null): boolean {
  return a === b || a === null || b === null;
}

/** `shape` with one dimension replaced. */
export function withDimension(shape: Shape, axis: number, dimension: number | null): Shape {
  const result = shape.slice();
  result[axis] = dimension;
  return result;
}

/** `shape` without one dimension. */
export function withoutDimension(shape: Shape, axis: number): Shape {
  return [...shape.slice(0, axis), ...shape.slice(axis + 1)];
}
