import { ShapeError } from "../errors.ts";
import { aString, required } from "../fields/kinds.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { quote } from "../json/quote.ts";
import { largest } from "../largest.ts";
import type { Numeric } from "../program/emit.ts";
import { einsumPrim } from "../program/rules/einsum.ts";
import type { DType } from "../tensor/dtype.ts";
import { defineOp, type Op, type TensorLike } from "./define.ts";
import { type OperandLike, promote, rankOf } from "./operands.ts";

/** `einsum(a, b, { subscripts: "ij,jk->ik" })`. */
export interface EinsumOp extends Op {
  (...args: readonly [...KerasTensor[], { readonly subscripts: string }]): KerasTensor;
  (...args: readonly [...OperandLike[], { readonly subscripts: string }]): Numeric;
  (...args: readonly [...TensorLike[], { readonly subscripts: string }]): KerasTensor | Numeric;
}

/** Sums of products in Einstein's notation; `...` stands for the axes that are not named. Those of int8 are int32. */
export const einsum = /* @__PURE__ */ defineOp<EinsumOp>({
  path: "numpy.Einsum",
  tensors: ["operands"],
  variadic: true,
  fields: () => ({ subscripts: required(aString) }),
  compute: (...args: [...OperandLike[], { subscripts: string }]) => {
    const inputs = args.slice(0, -1) as OperandLike[];
    const { subscripts } = args[args.length - 1] as { subscripts: string };
    const operands = promote(
      inputs,
      (dtype): DType => (dtype === "bool" || dtype === "int8" ? "int32" : dtype),
    );
    return einsumPrim("einsum", operands, { equation: explicit(subscripts, inputs.map(rankOf)) });
  },
});

/** The equation with small letters, an arrow, and letters for `...`. */
export function explicit(subscripts: string, ranks: readonly number[]): string {
  const [left = "", right] = subscripts.replace(/\s+/g, "").split("->");
  const terms = left.split(",");
  if (terms.length !== ranks.length) {
    throw new ShapeError(
      "einsum",
      `expected ${terms.length} operands for ${quote(subscripts)}, received ${ranks.length}.`,
    );
  }
  const named = new Set(subscripts.replace(/[^A-Za-z]/g, ""));
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const spare = letters.filter((letter) => !named.has(letter));
  const counts = terms.map((term, i) =>
    term.includes("...") ? ranks[i]! - term.replace("...", "").length : 0,
  );
  const most = largest(counts, 0);
  const dots = spare.splice(0, most);
  const small = new Map(
    [...named].map((letter) => [letter, letters.includes(letter) ? letter : spare.shift()!]),
  );
  const write = (term: string, count: number) =>
    [...term.replace("...", "*")]
      .map((c) => (c === "*" ? dots.slice(most - count).join("") : small.get(c)!))
      .join("");
  const result = right ?? implicit(left, most > 0);
  return `${terms.map((term, i) => write(term, counts[i]!)).join(",")}->${write(result, most)}`;
}

/** Without an arrow: what is not named keeps its place, then the letters that appear once, in order. */
function implicit(left: string, hasDots: boolean): string {
  const letters = [...left.replace(/[^A-Za-z]/g, "")];
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return (hasDots ? "..." : "") + once.sort().join("");
}
