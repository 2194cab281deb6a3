import { ConfigError } from "../errors.ts";
import type { Field, FieldSettings, Suggested } from "../fields/field.ts";
import { type Kind, nullable, optional } from "../fields/kinds.ts";
import { Problems } from "../fields/problems.ts";
import { checkRedeclared } from "../fields/redeclared.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { gathering } from "./deserialize.ts";
import { Lookup, type Names } from "./lookup.ts";
import type { Members } from "./members.ts";
import { ENVELOPE } from "./object-field.ts";
import type { OpaqueObject } from "./opaque.ts";
import type { SnakeCase } from "./snake-case.ts";

/** What tells one family from another. */
export interface FamilySettings<Name extends string, M> extends Names<M> {
  readonly kind: Name;
  /** What fields of the family expect, as errors say it. */
  readonly expected: string;
  readonly members: Members<M>;
  /** Whether fields of the family can be left out: nothing is computed with them but in training, or before weights are there. */
  readonly droppable?: boolean;
  /** What null stands for, where that is a member. */
  readonly none?: M;
}

/** The names in configs of the classes that a module exports: in snake case. */
export type NamesOf<Classes> = {
  [K in keyof Classes]: Classes[K] extends { readonly className: infer Name } ? Snake<Name> : never;
}[keyof Classes];

type Snake<Name> = Name extends string ? (string extends Name ? never : SnakeCase<Name>) : never;

/** What stands for a member in options and configs, beside functions; `Name` is what editors suggest. */
export type Identifier<M, Name extends string = string> =
  | Suggested<Name>
  | M
  | { new (): M }
  | Readonly<JsonObject>
  | OpaqueObject;

/** What null stands for: null, unless it is itself like a member. */
type None<Like> = null extends Like ? never : null;

/** Things that configs name by a string or hold as an envelope; `Like` is what stands for one of them in options. */
export interface Family<Name extends string, Like, M> {
  /** A field that holds a member or null; its default is null where none is given. */
  field(byDefault?: Like | null, settings?: FieldSettings): Field<Like | null, M | None<Like>, false>;
  /** Fields by what they are for: `kernel` is `{ kernel_regularizer: … }`. */
  fields<const Target extends string>(
    ...targets: readonly Target[]
  ): { readonly [T in Target as `${T}_${Name}`]: Field<Like | null, M | None<Like>, false> };
  /** The member that an identifier stands for, as Keras's `get` gives it; null for null where that is no member. */
  get(identifier: Like): M;
  get(identifier: Like | null): M | None<Like>;
}

/**
 * A family of things with names: initializers, regularizers, constraints, activations, and what is to come. To add one,
 * write its base class with its `define…` (see `definer`), a file that exports the classes and nothing else, and this:
 *
 *     import * as classes from "./classes.ts";
 *
 *     const family = familyOf<"loss", LossLike, Loss>({
 *       kind: "loss",
 *       expected: "a loss, the name of one, or a function",
 *       classes,
 *       functions: { mean_squared_error: meanSquaredError },
 *       aliases: { mse: "mean_squared_error", MSE: "mean_squared_error" },
 *       members: objectsOf(Loss, "call", (fn, name) => new LossFunctionWrapper({ fn, name })),
 *     });
 *     export const loss = family.field;
 *     export const getLoss = family.get;
 *
 * The last argument says what functions become where that is more than an object with that one method, as losses with a
 * reduction and the name they were asked for by. The classes and functions go into `builtins.ts`, so that configs may
 * name them.
 */
export function familyOf<Name extends string, Like, M>(
  settings: FamilySettings<Name, M>,
): Family<Name, Like, M> {
  const { kind, expected, members, none, droppable = false } = settings;
  const lookup = new Lookup(settings);
  const member: Kind<Like, M> = {
    kind,
    expected,
    schema: none === undefined ? IDENTIFIER : { anyOf: [...IDENTIFIER.anyOf, { type: "null" }] },
    parse(input, problems) {
      if (input === null && none !== undefined) return none;
      const before = problems.issues.length;
      const found = gathering(problems.issues, () => complete(lookup.find(input, problems)));
      if (problems.issues.length > before) return undefined as never;
      const name = typeof input === "string" ? input : undefined;
      return members.from(found, { kind, name }) ?? problems.expected(expected, input);
    },
    toJson: members.toJson,
    copy: members.copy,
    ...(droppable && { droppable }),
  };
  const orNull = (none === undefined ? nullable(member) : member) as Kind<Like | null, M | null>;

  const field = (byDefault: Like | null = null, settings: FieldSettings = {}) =>
    optional(orNull, byDefault, settings) as Field<Like | null, M | None<Like>, false>;

  function get(identifier: Like): M;
  function get(identifier: Like | null): M | None<Like>;
  function get(identifier: Like | null): unknown {
    const problems = new Problems(kind);
    const found = orNull.parse(identifier, problems);
    if (problems.issues.length > 0) throw new ConfigError(problems.issues);
    return found;
  }

  return {
    field,
    fields: (...targets) =>
      Object.fromEntries(targets.map((target) => [`${nameOf(kind, target)}_${kind}`, field()])) as never,
    get,
  };
}

/** What was found, all of whose constructors are through: a class field of it has wiped a value by now, or none will. */
function complete<T>(found: T): T {
  // Plain data may have a key of this name.
  const cls: unknown = found instanceof Object ? found.constructor : null;
  if (typeof cls === "function") checkRedeclared(cls as unknown as Named);
  return found;
}

interface Named {
  readonly className: string;
}

/** What a field of a family is for, as it is part of the field's name. */
function nameOf(kind: string, target: unknown): string {
  if (typeof target === "string") return target;
  throw new ConfigError(kind, `expected the name of what it is for, received ${inspect(target)}.`);
}

const IDENTIFIER = {
  anyOf: [{ type: "string" }, ENVELOPE],
} satisfies JsonValue;
