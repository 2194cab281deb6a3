import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Spec } from "../value.ts";
import { expectFloat, mayEqual } from "./check.ts";

function square(name: string) {
  return (inputs: readonly Spec[]): Spec[] => {
    const x = inputs[0]!;
    expectFloat(x, name);
    const [rows, columns] = x.shape.slice(-2);
    if (x.shape.length < 2 || !mayEqual(rows!, columns!))
      throw new ShapeError(name, `expected square matrices, received ${formatShape(x.shape)}.`);
    return [x];
  };
}

export const linalgRules = { cholesky: square("cholesky") };

/** Applies a factorization of matrices. */
export const linalgPrim = /* @__PURE__ */ primOf(linalgRules);
