import { ShapeError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { mayEqual, oneDtype } from "./check.ts";

/** `"ab,bc->ac"` → the labels of each operand and of the result. */
export function parseEinsum(equation: string): { readonly operands: string[]; readonly result: string } {
  const match = /^([a-z]*(?:,[a-z]*)*)->([a-z]*)$/.exec(equation);
  if (!match)
    throw new ShapeError("einsum", `expected an equation such as "ab,bc->ac", received ${quote(equation)}.`);
  return { operands: match[1]!.split(","), result: match[2]! };
}

function einsum(inputs: readonly Spec[], { equation }: Attributes["einsum"]): Spec[] {
  const dtype = oneDtype(inputs, "einsum");
  const { operands, result } = parseEinsum(equation);
  const sizes = new Map<string, number | null>();
  let fits = operands.length === inputs.length;
  for (let k = 0; fits && k < operands.length; k++) {
    const labels = operands[k]!;
    const { shape } = inputs[k]!;
    fits = labels.length === shape.length;
    for (let i = 0; fits && i < labels.length; i++) {
      const known = sizes.get(labels[i]!) ?? null;
      fits = mayEqual(known, shape[i]!);
      sizes.set(labels[i]!, known ?? shape[i]!);
    }
  }
  if (!fits || [...result].some((label) => !sizes.has(label))) {
    const shapes = inputs.map(({ shape }) => formatShape(shape)).join(", ");
    throw new ShapeError("einsum", `expected operands that fit ${quote(equation)}, received ${shapes}.`);
  }
  return [{ shape: [...result].map((label) => sizes.get(label)!), dtype }];
}

export const einsumRules = { einsum };

/** Multiplies and sums by an equation. */
export const einsumPrim = /* @__PURE__ */ primOf(einsumRules);
