import { ShapeError } from "../../errors.ts";
import { bytesPerElement } from "../../tensor/dtype.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectDtype } from "./check.ts";

function bitcast(inputs: readonly Spec[], { dtype }: Attributes["bitcast"]): Spec[] {
  const { shape, dtype: own } = inputs[0]!;
  const [from, to] = [bytesPerElement(own), bytesPerElement(dtype)];
  if (from === to) return [{ shape, dtype }];
  const last = shape.at(-1);
  if (last === undefined || (last !== null && (last * from) % to !== 0)) {
    const expected = `a last axis whose bytes make whole elements of ${dtype}`;
    throw new ShapeError("bitcast", `expected ${expected}, received ${own} ${formatShape(shape)}.`);
  }
  return [{ shape: shape.with(-1, last === null ? null : (last * from) / to), dtype }];
}

function nonzero(inputs: readonly Spec[]): Spec[] {
  expectDtype(inputs[0]!, "bool", "an operand", "nonzero");
  return [{ shape: [inputs[0]!.shape.length, null], dtype: "int32" }];
}

export const bitRules = { bitcast, nonzero };

/** Bits as another dtype, and where booleans are true. */
export const bitPrim = /* @__PURE__ */ primOf(bitRules);
