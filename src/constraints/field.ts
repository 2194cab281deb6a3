import { ConfigError } from "../errors.ts";
import type { Field, FieldSettings } from "../fields/field.ts";
import { nullable, optional } from "../fields/kinds.ts";
import { Problems } from "../fields/problems.ts";
import { type Family, type Identifier, memberOf, resolve } from "../initializers/family.ts";
import { Constraint } from "./constraint.ts";
import { names } from "./table.ts";
import { type ConstraintFunction, FunctionConstraint, OpaqueConstraint } from "./wrapped.ts";

const family: Family<Constraint> = {
  kind: "constraint",
  expected: "a constraint, the name of one, or a function",
  base: Constraint,
  names,
  ofFunction: (fn) => new FunctionConstraint(fn as ConstraintFunction),
  ofOpaque: (object) => new OpaqueConstraint(object),
};

/** What stands for a constraint: its name, an instance, a class, a function, an envelope. */
export type ConstraintLike = Identifier<Constraint> | ConstraintFunction;

const aConstraint = nullable(memberOf<ConstraintFunction, Constraint>(family));

/** A field that holds a constraint or null. */
export type ConstraintField = Field<ConstraintLike | null, Constraint | null, false>;

/** A field that holds a constraint or null. */
export function constraint(
  byDefault: ConstraintLike | null = null,
  settings: FieldSettings = {},
): ConstraintField {
  return optional(aConstraint, byDefault, settings);
}

/** Fields for constraints by what they are for: `constraints("kernel")` is `{ kernel_constraint: constraint() }`. */
export function constraints<const Name extends string>(
  ...targets: readonly Name[]
): { readonly [K in Name as `${K}_constraint`]: ConstraintField } {
  return Object.fromEntries(targets.map((target) => [`${target}_constraint`, constraint()])) as never;
}

/** The constraint that an identifier stands for; null for null. */
export function getConstraint(identifier: ConstraintLike | null): Constraint | null {
  if (identifier === null || identifier instanceof Constraint) return identifier;
  const problems = new Problems("constraint");
  const found = resolve(family, identifier, problems);
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  return found;
}
