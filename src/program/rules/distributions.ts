import { ShapeError } from "../../errors.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectDtype, expectFloat } from "./check.ts";
import { describe, eitherShape, mayFit } from "./fit.ts";
import { expectKey } from "./random.ts";

function randomGamma([key, alphas]: readonly Spec[]): Spec[] {
  expectKey(key!, "random_gamma");
  expectFloat(alphas!, "random_gamma");
  return [alphas!];
}

function randomBinomial(
  [key, counts, probabilities]: readonly Spec[],
  { dtype }: Attributes["random_binomial"],
): Spec[] {
  expectKey(key!, "random_binomial");
  expectDtype(counts!, "float32", "counts", "random_binomial");
  expectDtype(probabilities!, "float32", "probabilities", "random_binomial");
  if (!mayFit(counts!.shape, probabilities!.shape)) {
    const received = `${describe(counts!)} and ${describe(probabilities!)}`;
    throw new ShapeError("random_binomial", `expected a probability for each count, received ${received}.`);
  }
  return [{ shape: eitherShape(counts!.shape, probabilities!.shape), dtype }];
}

export const distributionRules = { random_gamma: randomGamma, random_binomial: randomBinomial };

/** Draws numbers of distributions that take one candidate after the other. */
export const distributionPrim = /* @__PURE__ */ primOf(distributionRules);
