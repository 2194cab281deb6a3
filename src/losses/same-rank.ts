import { dimensions, reshapeTo } from "../ops/dimensions.ts";
import type { Numeric } from "../program/emit.ts";

/**
 * Two tensors of one rank, where one has a last axis of size 1 that the other lacks: it is taken away, or given to a
 * vector, unless `widensVectors` is false. Source: Keras 3.6 `losses/loss.py`.
 */
export function sameRank(x1: Numeric, x2: Numeric, widensVectors = true): [Numeric, Numeric] {
  if (isWider(x1, x2)) {
    return widensVectors && x2.shape.length === 1 ? [x1, widened(x2)] : [narrowed(x1), x2];
  }
  if (isWider(x2, x1)) {
    return widensVectors && x1.shape.length === 1 ? [widened(x1), x2] : [x1, narrowed(x2)];
  }
  return [x1, x2];
}

function isWider(x1: Numeric, x2: Numeric): boolean {
  return x1.shape.length === x2.shape.length + 1 && x1.shape.at(-1) === 1;
}

/** With a last axis of size 1. */
export function widened(x: Numeric): Numeric {
  return reshapeTo(x, [...dimensions(x), 1]);
}

/** Without the last axis, whose size is 1. */
export function narrowed(x: Numeric): Numeric {
  return reshapeTo(x, dimensions(x).slice(0, -1));
}
