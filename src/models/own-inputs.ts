import { ModelError } from "../errors.ts";
import { KerasTensor } from "../graph/graph.ts";
import { flatten, isDict, type Nested, sortedKeys } from "../graph/nested.ts";

/** The inputs a model was built with; null for a model without a graph. */
export function ownInputs(model: { readonly input: Nested<KerasTensor> }): Nested<KerasTensor> | null {
  try {
    const { input } = model;
    return flatten(input as Nested<unknown>).every((leaf) => leaf instanceof KerasTensor) ? input : null;
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

/** What a model takes at a place in its list or dict of inputs; itself where it is one alone. */
export function memberOf(
  own: Nested<KerasTensor> | undefined,
  key: string | number,
): Nested<KerasTensor> | undefined {
  if (own === undefined || own instanceof KerasTensor) return own;
  if (typeof key === "number") return membersOf(own)[key];
  return isDict(own) ? own[key] : flatten(own).find(({ node }) => node?.operation.name === key);
}

export function membersOf(own: Nested<KerasTensor>): readonly Nested<KerasTensor>[] {
  if (Array.isArray(own)) return own;
  return isDict(own) ? sortedKeys(own).map((key) => own[key] as Nested<KerasTensor>) : [own as KerasTensor];
}
