import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { broadcastShapes } from "./broadcast.ts";
import { expectAxis, expectRank, oneDtype, withDimension } from "./check.ts";
import { expectInteger, mayFit } from "./fit.ts";

function gather(inputs: readonly Spec[], { axis }: Attributes["gather"]): Spec[] {
  const [x, indices] = inputs as [Spec, Spec];
  expectAxis(x, axis, "gather");
  expectInteger(indices, "indices", "gather");
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return [{ shape, dtype: x.dtype }];
}

function gatherAlong(inputs: readonly Spec[], { axis }: Attributes["gather_along"]): Spec[] {
  const [x, indices] = inputs as [Spec, Spec];
  expectAxis(x, axis, "gather_along");
  expectInteger(indices, "indices", "gather_along");
  expectRank(indices, x.shape.length, "indices", "gather_along");
  const length = indices.shape[axis]!;
  const others = broadcastShapes(withDimension(x.shape, axis, length), indices.shape, "gather_along");
  return [{ shape: others, dtype: x.dtype }];
}

function scattering(name: string) {
  return (inputs: readonly Spec[]): Spec[] => scatter(name, inputs);
}

function scatter(name: string, inputs: readonly Spec[]): Spec[] {
  const [x, indices, updates] = inputs as [Spec, Spec, Spec];
  expectInteger(indices, "indices", name);
  expectRank(indices, 2, "indices", name);
  oneDtype([x, updates], name);
  const [count, depth] = indices.shape as [number | null, number | null];
  if (depth !== null) {
    const expected = [count, ...x.shape.slice(depth)];
    if (depth > x.shape.length || !mayFit(expected, updates.shape)) {
      throw new ShapeError(
        name,
        `expected updates of shape ${formatShape(expected)}, received ${formatShape(updates.shape)}.`,
      );
    }
  }
  return [x];
}

function scatterAlong(inputs: readonly Spec[], { axis }: Attributes["scatter_along"]): Spec[] {
  const [x, indices, updates] = inputs as [Spec, Spec, Spec];
  expectAxis(x, axis, "scatter_along");
  expectInteger(indices, "indices", "scatter_along");
  oneDtype([x, updates], "scatter_along");
  const expected = withDimension(x.shape, axis, indices.shape[axis] ?? null);
  for (const [what, { shape }] of [["indices", indices] as const, ["updates", updates] as const]) {
    if (!mayFit(shape, expected)) {
      throw new ShapeError(
        "scatter_along",
        `expected ${what} of shape ${formatShape(expected)}, received ${formatShape(shape)}.`,
      );
    }
  }
  return [x];
}

export const gatherRules = {
  gather,
  gather_along: gatherAlong,
  scatter_add: scattering("scatter_add"),
  scatter_fold: scattering("scatter_fold"),
  scatter_along: scatterAlong,
};

/** Gathers and scatters. */
export const gatherPrim = /* @__PURE__ */ primOf(gatherRules);
