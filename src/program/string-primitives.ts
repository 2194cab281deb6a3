import { ShapeError } from "../errors.ts";
import type { PrimitiveName } from "./primitives.ts";

/** The primitives that take texts: those that move elements whatever they are, and those that compare them. */
const takingStrings = {
  reshape: true,
  broadcast_to: true,
  transpose: true,
  slice: true,
  concat: true,
  gather: true,
  gather_along: true,
  select: true,
  stop_gradient: true,
  dim: true,
  eq: true,
  ne: true,
} satisfies { readonly [K in PrimitiveName]?: true };

/** Complains about a primitive that is given texts and takes numbers only. */
export function checkTakesStrings(primitive: PrimitiveName): void {
  if (!Object.hasOwn(takingStrings, primitive))
    throw new ShapeError(primitive, "expected numbers, received a tensor of dtype string.");
}
