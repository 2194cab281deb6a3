import type { JsonValue } from "../json/json.ts";
import type { Problems } from "./problems.ts";

/**
 * One config fact of a class: how it is given, held, written and described. A two-way codec that carries its own
 * description, from which options, instances, configs, errors, schemas and documentation follow.
 *
 * `In` is what a constructor takes, `Out` what the instance holds; `null` is Python's `None`.
 */
export interface Field<In = unknown, Out = unknown, Required extends boolean = boolean> {
  /** The kind, for descriptions and generators: `integer`, `float`, `initializer`, … */
  readonly kind: string;
  /** What is expected, as errors say it: `a positive integer`. */
  readonly expected: string;
  readonly required: Required;
  /** What an absent option means; not there for a required field. */
  readonly default?: In;
  /** Reads an option or a config's value; reports what is wrong to `problems` and then returns anything. */
  readonly parse: (input: unknown, problems: Problems) => Out;
  readonly toJson: (value: Out) => JsonValue;
  /** The value for a copy of the object: the same one where nothing changes it. Absent, copies go through JSON. */
  readonly copy?: (value: Out) => Out;
  /** Numbers are Python floats: 1 is written `1.0`. */
  readonly float?: boolean;
  /** The first Keras version that writes the key, as `"3.13"`. */
  readonly since?: string;
  /** The first Keras version that no longer writes it. */
  readonly until?: string;
  /** The key is not written while it holds its default. */
  readonly omitIfDefault?: boolean;
  /**
   * Whether the value can be left out for who does not know it: that changes neither what the object computes when nothing
   * is trained, nor which weights it has.
   */
  readonly droppable?: boolean;
  /** The instance's property, where it is not the key itself. */
  readonly property?: string;
  /** JSON Schema of the value in a config. */
  readonly schema: JsonValue;
  /** Phantom: what a constructor takes. */
  readonly input?: In;
}

// biome-ignore lint/suspicious/noExplicitAny: a record holds fields of every type; each keeps its own.
export type AnyField = Field<any, any, boolean>;
export type Fields = Readonly<Record<string, AnyField>>;

/** Settings that any field takes. */
export interface FieldSettings {
  /** The first Keras version that writes the key, as `"3.13"`. Defaults to all. */
  readonly since?: string;
  /** The first Keras version that no longer writes it. Defaults to none. */
  readonly until?: string;
  /** Whether the key is left out while it holds its default. Defaults to false. */
  readonly omitIfDefault?: boolean;
  /** Whether it can be left out for a version that does not know it. Defaults to false. */
  readonly droppable?: boolean;
}

type InputOf<F> = F extends { readonly input?: infer In } ? Exclude<In, undefined> : never;
type OutputOf<F> = F extends { readonly parse: (input: unknown, problems: Problems) => infer Out }
  ? Out
  : never;

/** What a class with these fields holds. The `as` clause keeps the fields' documentation on hover. */
export type ValuesOf<F extends Fields> = {
  [K in keyof F as K]: OutputOf<F[K]>;
};

/** What the constructor of a class with these fields takes. */
export type OptionsOf<F extends Fields> = {
  [K in keyof F as F[K]["required"] extends true ? K : never]: InputOf<F[K]>;
} & {
  [K in keyof F as F[K]["required"] extends true ? never : K]?: InputOf<F[K]> | undefined;
};

/** The names of the fields that must be given. */
export type RequiredOf<F extends Fields> = {
  [K in keyof F]: F[K]["required"] extends true ? K : never;
}[keyof F];

/** Any string, of which editors suggest these. */
export type Suggested<Names extends string> = Names | (string & Record<never, never>);

/**
 * Constructor arguments: the options may be left out where nothing is required. `Named` is an interface of the same
 * options, for hovers and messages of the compiler.
 */
export type Arguments<Options, Named = Options> =
  Record<never, never> extends Options ? [options?: Named] : [options: Named];
