import { ShapeError } from "../errors.ts";
import type { Spec } from "../program/value.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Complains about inputs that are not those of a program. */
export function checkInputs(expected: readonly Spec[], received: readonly Tensor[]): void {
  if (received.length !== expected.length)
    throw new ShapeError("program", `expected ${expected.length} inputs, received ${received.length}.`);
  for (const [i, { dtype, shape }] of received.entries()) {
    const spec = expected[i]!;
    const fits =
      dtype === spec.dtype &&
      shape.length === spec.shape.length &&
      spec.shape.every((size, axis) => size === null || size === shape[axis]);
    if (fits) continue;
    throw new ShapeError(
      `program.inputs[${i}]`,
      `expected ${spec.dtype} ${formatShape(spec.shape)}, received ${dtype} ${formatShape(shape)}.`,
    );
  }
}
