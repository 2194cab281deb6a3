import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { withDimension } from "./check.ts";

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

export const topKRules = { top_k: topK };
