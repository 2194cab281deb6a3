import { ShapeError } from "../../errors.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";

/**
 * The shape that `a` and `b` broadcast to, as in NumPy. An unknown dimension with 1 stays unknown; with another
 * size it takes that size. `context` starts the message of the error.
 */
export function broadcastShapes(a: Shape, b: Shape, context: string): Shape {
  if (a === b || b.length === 0 || same(a, b)) return a;
  if (a.length === 0) return b;
  const rank = Math.max(a.length, b.length);
  const result = new Array<number | null>(rank);
  for (let i = 0; i < rank; i++) {
    const da = i < rank - a.length ? 1 : a[i - rank + a.length]!;
    const db = i < rank - b.length ? 1 : b[i - rank + b.length]!;
    if (da === db || db === 1) result[i] = da;
    else if (da === 1 || da === null) result[i] = db;
    else if (db === null) result[i] = da;
    else throw new ShapeError(context, `cannot broadcast ${formatShape(a)} with ${formatShape(b)}.`);
  }
  return result;
}

function same(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
