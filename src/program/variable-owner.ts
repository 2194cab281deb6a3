import type { Variable } from "./variable.ts";

/** What has variables of its own: a layer, a seed generator, a metric, an optimizer. */
export interface VariableOwner {
  readonly name: string;
  /** Its own variables, in the order they were made. */
  readonly ownVariables: readonly Variable[];
}

/** Whether a value owns variables. */
export function ownsVariables(value: unknown): value is VariableOwner {
  return typeof value === "object" && value !== null && "ownVariables" in value;
}
