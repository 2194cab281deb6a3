import { ShapeError } from "../errors.ts";
import { type Operation, placeOf } from "../graph/graph.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";

/** The size of an input's last axis, which the weights depend on. */
export function lastAxis(layer: Operation, shape: Shape): number {
  return knownAxis(layer, shape, -1);
}

/** The size of one axis of an input, which the weights depend on. */
export function knownAxis(layer: Operation, shape: Shape, axis: number): number {
  const size = shape.at(axis);
  if (typeof size === "number") return size;
  throw new ShapeError(
    placeOf(layer),
    `expected axis ${axis} of its input to have a known size, received shape ${formatShape(shape)}.`,
  );
}
