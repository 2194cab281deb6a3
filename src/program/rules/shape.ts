import { ShapeError } from "../../errors.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import type { Attributes, DimensionSpec } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectAxis, expectRank, mayEqual } from "./check.ts";

/** The size a target dimension has before the program runs. */
export function knownDimension(dimension: DimensionSpec): number | null {
  return dimension >= 0 ? dimension : null;
}

/** The product of the known dimensions; `complete` tells whether that is all of them. */
function known(shape: Shape): { size: number; complete: boolean } {
  let size = 1;
  let complete = true;
  for (const dimension of shape) {
    if (dimension === null) complete = false;
    else size *= dimension;
  }
  return { size, complete };
}

function reshape(inputs: readonly Spec[], { shape }: Attributes["reshape"]): Spec[] {
  const input = inputs[0]!;
  const target = shape.map(knownDimension);
  const from = known(input.shape);
  const to = known(target);
  const inferred = shape.indexOf(-1);
  if (from.complete && inferred >= 0 && !shape.some((dimension) => dimension < -1)) {
    target[inferred] = to.size === 0 ? 0 : from.size / to.size;
    if (!Number.isInteger(target[inferred])) throw cannotReshape(input.shape, shape);
  } else if (from.complete && to.complete && from.size !== to.size) {
    throw cannotReshape(input.shape, shape);
  }
  return [{ shape: target, dtype: input.dtype }];
}

function cannotReshape(from: Shape, to: readonly DimensionSpec[]): ShapeError {
  const target = to.map((dimension) => (dimension < -1 ? null : dimension));
  return new ShapeError("reshape", `cannot reshape ${formatShape(from)} into ${formatShape(target)}.`);
}

function broadcastTo(inputs: readonly Spec[], { shape }: Attributes["broadcast_to"]): Spec[] {
  const input = inputs[0]!;
  const target = shape.map(knownDimension);
  const lead = target.length - input.shape.length;
  let fits = lead >= 0;
  for (let i = 0; fits && i < input.shape.length; i++) {
    const dimension = input.shape[i]!;
    if (dimension === 1) continue;
    fits = mayEqual(dimension, target[lead + i]!);
    target[lead + i] ??= dimension;
  }
  if (!fits) {
    throw new ShapeError(
      "broadcast_to",
      `cannot broadcast ${formatShape(input.shape)} to ${formatShape(target)}.`,
    );
  }
  return [{ shape: target, dtype: input.dtype }];
}

function transpose(inputs: readonly Spec[], { perm }: Attributes["transpose"]): Spec[] {
  const input = inputs[0]!;
  expectRank(input, perm.length, "an operand", "transpose");
  return [{ shape: perm.map((axis) => input.shape[axis]!), dtype: input.dtype }];
}

export const shapeRules = {
  dim: (inputs: readonly Spec[], { axis }: Attributes["dim"]): Spec[] => {
    expectAxis(inputs[0]!, axis, "dim");
    return [{ shape: [], dtype: "int32" }];
  },
  iota: (_inputs: readonly Spec[], { length, dtype }: Attributes["iota"]): Spec[] => [
    { shape: [knownDimension(length)], dtype },
  ],
  reshape,
  broadcast_to: broadcastTo,
  transpose,
};
