import { ShapeError } from "../../errors.ts";
import { isInteger } from "../../tensor/dtype.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import type { Spec } from "../value.ts";
import { mayEqual } from "./check.ts";

export function expectInteger({ dtype }: Spec, what: string, context: string): void {
  if (!isInteger(dtype)) throw new ShapeError(context, `expected integer ${what}, received ${dtype}.`);
}

/** What is expected of a value, or was received. */
export function describe({ shape, dtype }: Spec): string {
  return `${dtype} ${formatShape(shape)}`;
}

/** Whether two shapes are, or may turn out to be, the same. */
export function mayFit(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => mayEqual(size, b[axis]!));
}

/** What is known of a shape that is one or the other. */
export function eitherShape(a: Shape, b: Shape): Shape {
  return a.map((size, axis) => (size === b[axis] ? size : null));
}
