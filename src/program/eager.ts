import { EngineError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Attributes, PrimitiveName } from "./primitives.ts";

/** Computes one primitive on tensors, now. */
export type Evaluate = <K extends PrimitiveName>(
  primitive: K,
  inputs: readonly Tensor[],
  attributes: Attributes[K],
) => Tensor[];

const slot: { evaluate: Evaluate | null } = { evaluate: null };

/**
 * Says what computes on tensors at once. The reference engine says it of itself where it is part of a program: with
 * `tensor(…)`, files, `predict`. A program that only builds and clones models carries no engine.
 */
export function setEvaluator(evaluate: Evaluate): void {
  slot.evaluate = evaluate;
}

/** What computes on tensors at once. It decides nothing but whether that can be done: what is traced stays traced. */
export function evaluator(): Evaluate {
  if (slot.evaluate) return slot.evaluate;
  throw new EngineError(
    "ops",
    'expected an engine that computes on tensors, received none. Import tensor from "ceratops", or call useReference() of "ceratops/engines/reference".',
  );
}
