import { ConfigError } from "../errors.ts";
import { copyJson } from "../json/copy.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonArray, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import type { Field, FieldSettings } from "./field.ts";
import type { Problems } from "./problems.ts";

/** A kind of value: everything of a field but its default. */
export interface Kind<In, Out> {
  readonly kind: string;
  readonly expected: string;
  readonly parse: (input: unknown, problems: Problems) => Out;
  readonly toJson: (value: Out) => JsonValue;
  /** See {@link Field.copy}. */
  readonly copy?: (value: Out) => Out;
  readonly schema: JsonValue;
  readonly float?: boolean;
  /** See {@link Field.droppable}. */
  readonly droppable?: boolean;
  readonly input?: In;
}

/** For values that nothing changes: a copy of the object has the same one. */
export function same<T>(value: T): T {
  return value;
}

/** A field that must be given. */
export function required<In, Out>(kind: Kind<In, Out>, settings: FieldSettings = {}): Field<In, Out, true> {
  return { ...kind, ...settings, required: true };
}

/** A field with a default. */
export function optional<In, Out>(
  kind: Kind<In, Out>,
  byDefault: In,
  settings: FieldSettings = {},
): Field<In, Out, false> {
  return { ...kind, ...settings, required: false, default: byDefault };
}

/** The same kind, or null. */
export function nullable<In, Out>(kind: Kind<In, Out>): Kind<In | null, Out | null> {
  const { copy, ...rest } = kind;
  return {
    ...rest,
    expected: `${kind.expected} or null`,
    parse: (input, problems) => (input === null ? null : kind.parse(input, problems)),
    toJson: (value) => (value === null ? null : kind.toJson(value)),
    ...(copy && { copy: (value: Out | null) => (value === null ? null : copy(value)) }),
    schema: { anyOf: [kind.schema, { type: "null" }] },
  };
}

/** The same kind for fewer values: those that pass a test. What the kind itself refuses it says itself. */
export function refine<In, Out, Fewer extends Out>(
  kind: Kind<In, Out>,
  expected: string,
  test: (value: Out) => value is Fewer,
  schema?: JsonValue,
): Kind<In, Fewer>;
export function refine<In, Out>(
  kind: Kind<In, Out>,
  expected: string,
  test: (value: Out) => boolean,
  schema?: JsonValue,
): Kind<In, Out>;
export function refine<In, Out>(
  kind: Kind<In, Out>,
  expected: string,
  test: (value: Out) => boolean,
  schema = kind.schema,
): Kind<In, Out> {
  return {
    ...kind,
    expected,
    schema,
    parse(input, problems) {
      const before = problems.issues.length;
      const value = kind.parse(input, problems);
      const fits = problems.issues.length > before || test(value);
      return fits ? value : problems.expected(expected, input);
    },
  };
}

function simple<T extends JsonValue>(
  kind: string,
  expected: string,
  accepts: (input: unknown) => boolean,
  schema: JsonValue,
  float = false,
): Kind<T, T> {
  return {
    kind,
    expected,
    float,
    schema,
    parse: (input, problems) => (accepts(input) ? (input as T) : problems.expected(expected, input)),
    toJson: (value) => value,
    copy: same,
  };
}

const isInteger = (input: unknown): input is number => Number.isInteger(input);

export const anInteger = simple<number>("integer", "an integer", isInteger, { type: "integer" });

/** An integer of any size; one beyond 2^53 is a bigint. */
export const anyInteger = simple<number | bigint>(
  "integer",
  "an integer",
  (input) => isInteger(input) || typeof input === "bigint",
  { type: "integer" },
);

export const aPositiveInteger = simple<number>(
  "integer",
  "a positive integer",
  (input) => isInteger(input) && input > 0,
  { type: "integer", minimum: 1 },
);

export const aFloat = simple<number>(
  "float",
  "a number",
  (input) => typeof input === "number",
  { type: "number" },
  true,
);

/** A float within bounds, both included. */
export function aFloatBetween(low: number, high: number): Kind<number, number> {
  for (const bound of [low, high]) expectKind("floatBetween", "number", bound);
  return simple<number>(
    "float",
    high === Number.POSITIVE_INFINITY ? `a number of at least ${low}` : `a number from ${low} to ${high}`,
    (input) => typeof input === "number" && input >= low && input <= high,
    { type: "number", minimum: low, ...(Number.isFinite(high) && { maximum: high }) },
    true,
  );
}

/** A number that Keras keeps as the int or float it was given. */
export const aNumber = simple<number>("number", "a number", (input) => typeof input === "number", {
  type: "number",
});

export const aBoolean = simple<boolean>("boolean", "true or false", (input) => typeof input === "boolean", {
  type: "boolean",
});

export const aString = simple<string>("string", "a string", (input) => typeof input === "string", {
  type: "string",
});

/** One of a fixed set of strings. */
export function oneOf<const T extends string>(...values: readonly T[]): Kind<T, T> {
  for (const value of values) expectKind("choice", "string", value);
  return simple<T>(
    "choice",
    `${values.length === 1 ? "" : "one of "}${values.map((value) => quote(value)).join(", ")}`,
    (input) => (values as readonly unknown[]).includes(input),
    { enum: [...values] },
  );
}

/** Any JSON value, kept as it is. */
export const anyJson: Kind<JsonValue, JsonValue> = {
  kind: "json",
  expected: "a JSON value",
  schema: true,
  parse: (input) => input as JsonValue,
  toJson: (value) => value,
  copy: copyJson,
};

/** A list of one kind. */
export function listOf<In, Out>(
  kind: Kind<In, Out>,
  settings: { length?: number } = {},
): Kind<readonly In[], readonly Out[]> {
  const { length } = settings;
  const expected =
    length === undefined
      ? `a list of values, each ${kind.expected}`
      : `a list of ${length}, each ${kind.expected}`;
  return {
    kind: "list",
    expected,
    float: kind.float ?? false,
    schema: {
      type: "array",
      items: kind.schema,
      ...(length !== undefined && { minItems: length, maxItems: length }),
    },
    parse(input, problems) {
      if (!Array.isArray(input) || (length !== undefined && input.length !== length)) {
        return problems.expected(expected, input);
      }
      return input.map((item, i) => problems.at(i, () => kind.parse(item, problems)));
    },
    toJson: (values) => values.map(kind.toJson),
    ...(kind.copy && { copy: (values: readonly Out[]) => values.map(kind.copy!) }),
  };
}

/** An integer or a list of them, kept as it was given. */
export const integerOrList: Kind<number | readonly number[], number | readonly number[]> = {
  kind: "integers",
  expected: "an integer or a list of them",
  schema: { anyOf: [{ type: "integer" }, { type: "array", items: { type: "integer" } }] },
  parse(input, problems) {
    if (isInteger(input)) return input;
    if (Array.isArray(input) && input.every(isInteger)) return [...input];
    return problems.expected(this.expected, input);
  },
  toJson: (value) => (typeof value === "number" ? value : [...value]),
  copy: same,
};

/** The same, held and written as a list. */
export const integersAsList: Kind<number | readonly number[], readonly number[]> = {
  ...integerOrList,
  schema: { type: "array", items: { type: "integer" } },
  parse(input, problems) {
    const given = integerOrList.parse(input, problems);
    return typeof given === "number" ? [given] : given;
  },
  toJson: (list) => [...list],
  copy: same,
};

/** Either of two kinds; `isFirst` tells them apart by the input. */
export function either<A, B, C, D>(
  first: Kind<A, B>,
  isFirst: (input: unknown) => boolean,
  second: Kind<C, D>,
): Kind<A | C, B | D> {
  return {
    kind: first.kind,
    expected: `${first.expected} or ${second.expected}`,
    schema: { anyOf: [first.schema, second.schema] },
    parse: (input, problems) =>
      isFirst(input) ? first.parse(input, problems) : second.parse(input, problems),
    toJson: (value) => (isFirst(value) ? first.toJson(value as B) : second.toJson(value as D)),
    ...(first.copy &&
      second.copy && {
        copy: (value: B | D) => (isFirst(value) ? first.copy!(value as B) : second.copy!(value as D)),
      }),
  };
}

/**
 * A size per dimension, as Keras standardizes it: one integer stands for `rank` equal ones; held and written as
 * a list of `rank`.
 */
export function sizes(rank: number, minimum = 1): Kind<number | readonly number[], readonly number[]> {
  for (const size of [rank, minimum]) expectKind("size", "number", size);
  const expected =
    rank === 1 ? `an integer of at least ${minimum}` : `an integer of at least ${minimum} or ${rank} of them`;
  const fits = (item: unknown): item is number => isInteger(item) && item >= minimum;
  return {
    kind: "sizes",
    expected,
    schema: { type: "array", items: { type: "integer", minimum }, minItems: rank, maxItems: rank },
    parse(input, problems) {
      if (fits(input)) return new Array<number>(rank).fill(input);
      if (Array.isArray(input) && input.length === rank && input.every(fits)) return [...input];
      return problems.expected(expected, input);
    },
    toJson: (value): JsonArray => [...value],
    copy: same,
  };
}

/** A shape: integers of at least `minimum`, or null for what is not known. */
export const aShape: Kind<readonly (number | null)[], readonly (number | null)[]> = {
  kind: "shape",
  expected: "a list of integers of at least 0, or null for an unknown dimension",
  schema: { type: "array", items: { anyOf: [{ type: "integer", minimum: 0 }, { type: "null" }] } },
  parse(input, problems) {
    const fits =
      Array.isArray(input) && input.every((item) => item === null || (isInteger(item) && item >= 0));
    return fits ? [...(input as (number | null)[])] : problems.expected(this.expected, input);
  },
  toJson: (value): JsonArray => [...value],
  copy: same,
};

/** Complains about what a kind of field cannot be made of. */
function expectKind(where: string, expected: "number" | "string", received: unknown): void {
  if (typeof received === expected) return;
  throw new ConfigError(where, `expected a ${expected}, received ${inspect(received)}.`);
}
