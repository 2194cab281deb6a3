import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectDtype } from "./check.ts";
import { knownDimension } from "./shape.ts";

function randomBits(inputs: readonly Spec[], { shape }: Attributes["random_bits"]): Spec[] {
  const key = inputs[0]!;
  expectDtype(key, "uint32", "a key", "random_bits");
  if (key.shape.length !== 1 || (key.shape[0] !== null && key.shape[0] !== 2)) {
    throw new ShapeError("random_bits", `expected a key of shape (2,), received ${formatShape(key.shape)}.`);
  }
  return [{ shape: shape.map(knownDimension), dtype: "uint32" }];
}

export const randomRules = { random_bits: randomBits };

/** Draws random bits. */
export const randomPrim = /* @__PURE__ */ primOf(randomRules);
