import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectDtype, withDimension } from "./check.ts";
import { along } from "./reduce.ts";
import { knownDimension } from "./shape.ts";

function topK(inputs: readonly Spec[], { k }: Attributes["top_k"]): Spec[] {
  const x = inputs[0]!;
  const last = x.shape.length - 1;
  const size = x.shape[last];
  if (size === undefined || (size !== null && size < k)) {
    throw new ShapeError("top_k", `expected a last axis of at least ${k}, received ${formatShape(x.shape)}.`);
  }
  const shape = withDimension(x.shape, last, k);
  return [
    { shape, dtype: x.dtype },
    { shape, dtype: "int32" },
  ];
}

function randomBits(inputs: readonly Spec[], { shape }: Attributes["random_bits"]): Spec[] {
  const key = inputs[0]!;
  expectDtype(key, "uint32", "a key", "random_bits");
  if (key.shape.length !== 1 || (key.shape[0] !== null && key.shape[0] !== 2)) {
    throw new ShapeError("random_bits", `expected a key of shape (2,), received ${formatShape(key.shape)}.`);
  }
  return [{ shape: shape.map(knownDimension), dtype: "uint32" }];
}

export const orderRules = {
  sort: along("sort", "any"),
  argsort: along("argsort", "any", "int32"),
  top_k: topK,
  cumsum: along("cumsum", "any"),
  random_bits: randomBits,
};
