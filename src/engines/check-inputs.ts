import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { Spec } from "../program/value.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Complains about inputs that are not those of a program. */
export function checkInputs(expected: readonly Spec[], received: readonly Tensor[]): void {
  const isList = Array.isArray(received) && received.every((tensor) => tensor instanceof Tensor);
  if (!isList) {
    throw new ShapeError("program", `expected a list of tensors, received ${inspect(received)}.`);
  }
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
