import { ShapeError } from "../errors.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";

/** The size of an input's last axis, which the weights depend on. */
export function lastAxis(layerName: string, shape: Shape): number {
  return knownAxis(layerName, shape, -1);
}

/** The size of one axis of an input, which the weights depend on. */
export function knownAxis(layerName: string, shape: Shape, axis: number): number {
  const size = shape.at(axis);
  if (typeof size === "number") return size;
  throw new ShapeError(
    `layer ${JSON.stringify(layerName)}`,
    `expected axis ${axis} of its input to have a known size, received shape ${formatShape(shape)}.`,
  );
}
