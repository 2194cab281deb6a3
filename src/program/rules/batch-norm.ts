import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectAxis, expectFloat, mayEqual, oneDtype } from "./check.ts";

const statistics = ["mean", "variance", "scale", "offset"];

function batchNorm(inputs: readonly Spec[], { axis }: Attributes["batch_norm"]): Spec[] {
  const input = inputs[0]!;
  expectFloat(input, "batch_norm");
  expectAxis(input, axis, "batch_norm");
  oneDtype(inputs, "batch_norm");
  const channels = input.shape[axis]!;
  for (let i = 1; i < 5; i++) {
    const { shape } = inputs[i]!;
    if (shape.length !== 1 || !mayEqual(shape[0]!, channels)) {
      throw new ShapeError(
        "batch_norm",
        `expected ${statistics[i - 1]} of shape ${formatShape([channels])}, ` +
          `received ${formatShape(shape)}.`,
      );
    }
  }
  return [input];
}

export const batchNormRules = { batch_norm: batchNorm };

/** Normalizes by given statistics. */
export const batchNormPrim = /* @__PURE__ */ primOf(batchNormRules);
