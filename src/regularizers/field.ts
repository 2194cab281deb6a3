import { ConfigError } from "../errors.ts";
import type { Field, FieldSettings } from "../fields/field.ts";
import { nullable, optional } from "../fields/kinds.ts";
import { Problems } from "../fields/problems.ts";
import { type Family, type Identifier, memberOf, resolve } from "../initializers/family.ts";
import { Regularizer } from "./regularizer.ts";
import { names } from "./table.ts";
import { FunctionRegularizer, OpaqueRegularizer, type RegularizerFunction } from "./wrapped.ts";

const family: Family<Regularizer> = {
  kind: "regularizer",
  expected: "a regularizer, the name of one, or a function",
  base: Regularizer,
  names,
  ofFunction: (fn) => new FunctionRegularizer(fn as RegularizerFunction),
  ofOpaque: (object) => new OpaqueRegularizer(object),
};

/** What stands for a regularizer: its name, an instance, a class, a function, an envelope. */
export type RegularizerLike = Identifier<Regularizer> | RegularizerFunction;

const aRegularizer = nullable(memberOf<RegularizerFunction, Regularizer>(family));

/** A field that holds a regularizer or null. */
export type RegularizerField = Field<RegularizerLike | null, Regularizer | null, false>;

/** A field that holds a regularizer or null. */
export function regularizer(
  byDefault: RegularizerLike | null = null,
  settings: FieldSettings = {},
): RegularizerField {
  return optional(aRegularizer, byDefault, settings);
}

/** Fields for regularizers by what they are for: `regularizers("kernel")` is `{ kernel_regularizer: regularizer() }`. */
export function regularizers<const Name extends string>(
  ...targets: readonly Name[]
): { readonly [K in Name as `${K}_regularizer`]: RegularizerField } {
  return Object.fromEntries(targets.map((target) => [`${target}_regularizer`, regularizer()])) as never;
}

/** The regularizer that an identifier stands for; null for null. */
export function getRegularizer(identifier: RegularizerLike | null): Regularizer | null {
  if (identifier === null || identifier instanceof Regularizer) return identifier;
  const problems = new Problems("regularizer");
  const found = resolve(family, identifier, problems);
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  return found;
}
