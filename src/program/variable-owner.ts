import type { Numeric } from "./emit.ts";
import type { Variable } from "./variable.ts";

/** What is added to a variable: the product of two others, of which alone training changes anything. */
export interface LowRankUpdate {
  readonly weight: Variable;
  readonly a: Variable;
  readonly b: Variable;
  /** The variable with its update. */
  merged(): Numeric;
}

/** What has variables of its own: a layer, a seed generator, a metric, an optimizer. */
export interface VariableOwner {
  readonly constructor: { readonly className: string; readonly pythonName?: string | null };
  readonly name: string;
  /** Its own variables, in the order they were made. */
  readonly ownVariables: readonly Variable[];
  /** A weight in few bits, whose variables files have in an order of their own. */
  readonly quantizedWeight?: { readonly first: readonly string[] } | undefined;
  /** An update of one of them: files have the two as one, and no factors. */
  readonly lora?: LowRankUpdate | null | undefined;
  /** Whether files have them: those of layers, metrics and optimizers, not the states of random numbers. */
  readonly isSaved: boolean;
  /** What files have of it by names instead, and it does not list among its own. */
  readonly namedVariables?: ReadonlyMap<string, Variable> | undefined;
}

/** An owner's variables as Keras lists and saves them: those that are trained, then statistics such as a moving mean. */
export function listedVariables({ ownVariables }: Pick<VariableOwner, "ownVariables">): readonly Variable[] {
  if (!ownVariables.some(isStatistic)) return ownVariables;
  const trained = ownVariables.filter((variable) => !isStatistic(variable));
  return [...trained, ...ownVariables.filter(isStatistic)];
}

/** An owner's variables with the names that files have for them, which are their places unless it says others. */
export function savedVariables(owner: VariableOwner): readonly (readonly [string, Variable])[] {
  if (owner.namedVariables) return [...owner.namedVariables];
  return inFileOrder(owner).map((variable, i) => [String(i), variable]);
}

/** Its variables as it lists them; those of a weight in few bits, and its bias, as that says. */
function inFileOrder(owner: VariableOwner): readonly Variable[] {
  const { a, b } = owner.lora ?? {};
  const listed = listedVariables(owner).filter((variable) => variable !== a && variable !== b);
  const first = owner.quantizedWeight?.first;
  if (!first) return listed;
  const front = first.flatMap((name) => listed.filter((variable) => variable.name === name));
  return [...front, ...listed.filter((variable) => !front.includes(variable))];
}

function isStatistic(variable: Variable): boolean {
  return variable.isStatistic;
}

/** Whether a value owns variables. */
export function ownsVariables(value: unknown): value is VariableOwner {
  return typeof value === "object" && value !== null && "ownVariables" in value;
}
