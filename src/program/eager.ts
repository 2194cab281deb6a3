import { attachment } from "../json/attachment.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Attributes, PrimitiveName } from "./primitives.ts";

/** Computes one primitive on tensors, now. */
export type Evaluate = <K extends PrimitiveName>(
  primitive: K,
  inputs: readonly Tensor[],
  attributes: Attributes[K],
) => Tensor[];

const evaluators = /* @__PURE__ */ attachment<Evaluate>();

/** What computes on a tensor; undefined where nobody said. */
export function evaluatorOf(tensor: object): Evaluate | undefined {
  return evaluators.get(tensor);
}

/**
 * Says what computes on a tensor, and on what is computed from it. Whoever hands out tensors says it (`tensor(…)`, a
 * loaded file, `predict`), so that a program that only builds and clones models carries no engine.
 */
export function computedBy<T extends Tensor>(tensor: T, evaluate: Evaluate): T {
  evaluators.set(tensor, evaluate);
  return tensor;
}
