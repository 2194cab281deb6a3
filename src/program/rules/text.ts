import { ShapeError } from "../../errors.ts";
import { type DType, isInteger } from "../../tensor/dtype.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectDtype, expectRank, oneDtype } from "./check.ts";
import { mayFit } from "./fit.ts";

function standardize([x]: readonly Spec[]): Spec[] {
  expectTexts(x!, "standardize_text");
  return [x!];
}

function splitText([x]: readonly Spec[]): Spec[] {
  expectTexts(x!, "split_text");
  return [{ shape: [...x!.shape, null], dtype: "string" }];
}

function ngrams([x]: readonly Spec[], { widths, isPadded }: Attributes["ngrams"]): Spec[] {
  expectTexts(x!, "ngrams");
  const { shape } = x!;
  if (shape.length === 0)
    throw new ShapeError("ngrams", `expected at least one dimension, received ${formatShape(shape)}.`);
  const length = shape.at(-1)!;
  const count = widths.reduce((sum, width) => sum + Math.max(0, (length ?? 0) - width + 1), 0);
  return [{ shape: [...shape.slice(0, -1), isPadded || length === null ? null : count], dtype: "string" }];
}

function lookup(inputs: readonly Spec[]): Spec[] {
  const [keys, vocabulary] = inputs as [Spec, Spec];
  expectKeys(oneDtype(inputs, "lookup"), "lookup");
  expectRank(vocabulary, 1, "a vocabulary", "lookup");
  return [{ shape: keys.shape, dtype: "int32" }];
}

function hashText([x]: readonly Spec[]): Spec[] {
  expectKeys(x!.dtype, "hash_text");
  return [{ shape: x!.shape, dtype: "int32" }];
}

function hashCross(inputs: readonly Spec[]): Spec[] {
  for (const { dtype } of inputs) expectKeys(dtype, "hash_cross");
  const [first, ...others] = inputs.map(({ shape }) => shape) as [Shape, ...Shape[]];
  const misfit = others.find((shape) => !mayFit(shape, first));
  if (misfit)
    throw new ShapeError(
      "hash_cross",
      `expected operands of one shape, received ${formatShape(first)} and ${formatShape(misfit)}.`,
    );
  return [{ shape: first, dtype: "int32" }];
}

function expectTexts(x: Spec, context: string): void {
  expectDtype(x, "string", "texts", context);
}

function expectKeys(dtype: DType, context: string): void {
  if (dtype !== "string" && !isInteger(dtype))
    throw new ShapeError(context, `expected texts or integers, received ${dtype}.`);
}

function forTexts<R extends object>(rule: R): R & { readonly isForTexts: true } {
  return Object.assign(rule, { isForTexts: true as const });
}

export const textRules = {
  standardize_text: /* @__PURE__ */ forTexts(standardize),
  split_text: /* @__PURE__ */ forTexts(splitText),
  ngrams: /* @__PURE__ */ forTexts(ngrams),
  lookup: /* @__PURE__ */ forTexts(lookup),
  hash_text: /* @__PURE__ */ forTexts(hashText),
  hash_cross: /* @__PURE__ */ forTexts(hashCross),
};

/** What is done with texts, and with vocabularies of texts or integers. */
export const textPrim = /* @__PURE__ */ primOf(textRules);
