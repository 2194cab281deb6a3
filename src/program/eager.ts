import { EngineError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Attributes, PrimitiveName } from "./primitives.ts";

/** Computes one primitive on tensors, now. */
export type Evaluate = <K extends PrimitiveName>(
  primitive: K,
  inputs: readonly Tensor[],
  attributes: Attributes[K],
) => Tensor[];

let current: Evaluate | null = null;

/**
 * Says what computes on tensors at once. Whoever hands out tensors for that (`tensor(…)`, a loaded file) calls it,
 * so that a program that only builds and clones models carries no engine.
 */
export function setEvaluator(evaluate: Evaluate): void {
  current = evaluate;
}

/** Whether anything computes on tensors. */
export function hasEvaluator(): boolean {
  return current !== null;
}

export function evaluator(): Evaluate {
  if (current === null) {
    throw new EngineError(
      "ops",
      'nothing computes on tensors yet. Make tensors with tensor(…), or import "ceratops/engines/reference" and call useReference().',
    );
  }
  return current;
}
