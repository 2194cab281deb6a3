import { ConfigError } from "../errors.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { didYouMean } from "../json/suggest.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Nested } from "./nested.ts";

/** What an argument of a call is made of. */
export type Form = "tensor" | "tensors" | "structure" | "mask" | "flag" | "option";

/** One argument of a call. `Inside` is what `call` receives for it; a caller gives what its form says. */
export interface Argument<Inside = unknown, F extends Form = Form, Required extends boolean = boolean> {
  readonly form: F;
  readonly required: Required;
  /** The argument whose masks it takes where nobody gives it; for masks. */
  readonly maskOf: string | null;
  /** What it is where nobody says; for flags. Null is nothing: the outer call's, else false. */
  readonly byDefault: boolean | null;
  /** Whether `build` gets its shape by its own name, `<argument>_shape`. */
  readonly isShaped: boolean;
  /** The same, but the caller may leave it out. */
  optional(): Argument<Inside | null, F, false>;
  /** The same, and `build` gets its shape as `<argument>_shape`. */
  shaped(): Argument<Inside, F, Required>;
  /** Phantom: what `call` receives. */
  readonly inside?: Inside;
}

class AnyArgument implements Argument<never> {
  readonly form: Form;
  readonly required: boolean = true;
  readonly maskOf: string | null = null;
  readonly byDefault: boolean | null = null;
  readonly isShaped: boolean = false;

  constructor(facts: Partial<Argument> & { readonly form: Form }) {
    this.form = facts.form;
    Object.assign(this, facts);
  }

  optional(): never {
    return new AnyArgument({ ...this, required: false }) as never;
  }

  shaped(): never {
    return new AnyArgument({ ...this, isShaped: true }) as never;
  }
}

function argument<A extends Argument>(facts: Partial<Argument> & { readonly form: Form }): A {
  return new AnyArgument(facts) as Argument as A;
}

/** One tensor. */
export function aTensor(): Argument<Numeric, "tensor", true> {
  return argument({ form: "tensor" });
}

/** A list of tensors. */
export function tensors(): Argument<readonly Numeric[], "tensors", true> {
  return argument({ form: "tensors" });
}

/** A tensor, or lists and dicts of tensors. */
export function structure<T = Nested<Operand>>(): Argument<T, "structure", true> {
  return argument({ form: "structure" });
}

/** The mask of another argument: taken from the masks its tensors carry where nobody gives it. */
export function maskFor<T = Numeric | null>(name: string): Argument<T, "mask", false> {
  return argument({ form: "mask", required: false, maskOf: name });
}

/** Yes or no; `training` is inherited from the call around. */
export function flag(byDefault: boolean | null = null): Argument<boolean, "flag", false> {
  return argument({ form: "flag", required: false, byDefault });
}

/** Something that is no tensor. */
export function option<T = unknown>(): Argument<T, "option", false> {
  return argument({ form: "option", required: false });
}

// biome-ignore lint/suspicious/noExplicitAny: a record holds arguments of every kind; each keeps its own.
export type AnyArguments = Readonly<Record<string, Argument<any, Form, boolean>>>;

/** What a call takes: its arguments by name, in Keras's order; the first is the input. */
export interface Signature<A extends AnyArguments = AnyArguments, F extends string = string> {
  readonly first: F;
  readonly arguments: A;
  readonly names: readonly string[];
  /** The masks that are filled in: which argument, from which one's tensors. */
  readonly masks: readonly { readonly name: string; readonly of: string }[];
  /** What `build` gets: shapes of arguments by these names. */
  readonly shapes: readonly string[];
}

/**
 * The record of a call, as fields are the record of a config: names and order of the arguments, what `build` gets,
 * which masks are filled in, what `training` is where nobody says, and the types of `call` and `apply`.
 *
 * @example
 * const signature = takes("sequences", {
 *   sequences: aTensor(),
 *   initial_state: tensors().optional(),
 *   mask: maskFor("sequences"),
 *   training: flag(false),
 * });
 */
export function takes<const F extends string, const A extends AnyArguments & Readonly<Record<F, Argument>>>(
  first: F,
  args: A,
): Signature<A, F> {
  if (!isPlain(args)) {
    throw new ConfigError("takes", `expected a record of arguments, received ${inspect(args)}.`);
  }
  const names = Object.keys(args);
  if (names[0] !== first) {
    const received = names[0] === undefined ? "nothing" : inspect(names[0]);
    throw new ConfigError("takes", `expected ${inspect(first)} as the first argument, received ${received}.`);
  }
  for (const name of names) expectMasked(args, name);
  const shaped = names.filter((name) => args[name]?.isShaped);
  return {
    first,
    arguments: args,
    names,
    masks: names.flatMap((name) => {
      const of = args[name]?.maskOf;
      return of ? [{ name, of }] : [];
    }),
    shapes: shaped.length === 0 ? ["input_shape"] : shaped.map((name) => `${name}_shape`),
  };
}

/** Complains about the mask of what is no argument with tensors. */
function expectMasked(args: AnyArguments, name: string): void {
  const of = args[name]?.maskOf;
  if (typeof of !== "string") return;
  const tensors = Object.keys(args).filter((key) => FORMS_OF_TENSORS.includes(args[key]!.form));
  if (tensors.includes(of)) return;
  const expected = `the mask of an argument with tensors (${tensors.join(", ")})`;
  throw new ConfigError(
    `takes.${name}`,
    `expected ${expected}, received that of ${inspect(of)}.${didYouMean(of, tensors)}`,
  );
}

const FORMS_OF_TENSORS: readonly Form[] = ["tensor", "tensors", "structure"];
