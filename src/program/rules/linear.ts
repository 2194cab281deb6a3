import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { broadcastShapes } from "./broadcast.ts";
import { mayEqual, oneDtype } from "./check.ts";

function matmul(inputs: readonly Spec[]): Spec[] {
  const [{ shape: a }, { shape: b }] = inputs as [Spec, Spec];
  const dtype = oneDtype(inputs, "matmul");
  if (a.length < 2 || b.length < 2 || !mayEqual(a[a.length - 1]!, b[b.length - 2]!)) {
    throw new ShapeError("matmul", `cannot multiply ${formatShape(a)} by ${formatShape(b)}.`);
  }
  const rows = a[a.length - 2]!;
  const columns = b[b.length - 1]!;
  if (b.length === 2) {
    const shape = a.slice();
    shape[a.length - 1] = columns;
    return [{ shape, dtype }];
  }
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2), "matmul");
  return [{ shape: [...batch, rows, columns], dtype }];
}

/** `"ab,bc->ac"` → the labels of each operand and of the result. */
export function parseEinsum(equation: string): { readonly operands: string[]; readonly result: string } {
  const match = /^([a-z]*(?:,[a-z]*)*)->([a-z]*)$/.exec(equation);
  if (!match)
    throw new ShapeError("einsum", `expected an equation such as "ab,bc->ac", received "${equation}".`);
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
    throw new ShapeError("einsum", `expected operands that fit "${equation}", received ${shapes}.`);
  }
  return [{ shape: [...result].map((label) => sizes.get(label)!), dtype }];
}

export const linearRules = { matmul, einsum };
