import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectDtype } from "./check.ts";
import { knownDimension } from "./shape.ts";

function randomBits(inputs: readonly Spec[], { shape }: Attributes["random_bits"]): Spec[] {
  expectKey(inputs[0]!, "random_bits");
  return [{ shape: shape.map(knownDimension), dtype: "uint32" }];
}

export function expectKey(key: Spec, context: string): void {
  expectDtype(key, "uint32", "a key", context);
  if (key.shape.length !== 1 || (key.shape[0] !== null && key.shape[0] !== 2)) {
    throw new ShapeError(context, `expected a key of shape (2,), received ${formatShape(key.shape)}.`);
  }
}

export const randomRules = { random_bits: randomBits };

/** Draws random bits. */
export const randomPrim = /* @__PURE__ */ primOf(randomRules);
