import { ConfigError } from "../errors.ts";
import type { Field, FieldSettings } from "../fields/field.ts";
import { nullable, optional } from "../fields/kinds.ts";
import { Problems } from "../fields/problems.ts";
import { type Family, type Identifier, memberOf, resolve } from "./family.ts";
import { Initializer } from "./initializer.ts";
import { names } from "./table.ts";
import { FunctionInitializer, type InitializerFunction, OpaqueInitializer } from "./wrapped.ts";

const family: Family<Initializer> = {
  kind: "initializer",
  expected: "an initializer, the name of one, or a function",
  base: Initializer,
  names,
  ofFunction: (fn) => new FunctionInitializer(fn as InitializerFunction),
  ofOpaque: (object) => new OpaqueInitializer(object),
};

/** What stands for an initializer: its name (`"glorot_uniform"`), an instance, a class, a function, an envelope. */
export type InitializerLike = Identifier<Initializer> | InitializerFunction;

const anInitializer = memberOf<InitializerFunction, Initializer>(family);

/** A field that holds an initializer, or null where its default is null. */
export function initializer(
  byDefault: null,
  settings?: FieldSettings,
): Field<InitializerLike | null, Initializer | null, false>;
export function initializer(
  byDefault: string,
  settings?: FieldSettings,
): Field<InitializerLike, Initializer, false>;
export function initializer(byDefault: string | null, settings?: FieldSettings): unknown {
  if (byDefault === null) return optional(nullable(anInitializer), null, settings);
  return optional(anInitializer, byDefault, settings);
}

/** The initializer that an identifier stands for. */
export function getInitializer(identifier: InitializerLike): Initializer {
  if (identifier instanceof Initializer) return identifier;
  const problems = new Problems("initializer");
  const found = resolve(family, identifier, problems);
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  return found;
}
