import { ConfigError, type ErrorClass } from "../errors.ts";
import { inspect, isPlain } from "./inspect.ts";
import { quote } from "./quote.ts";
import { didYouMean } from "./suggest.ts";

/** The names of options, of a record that has them all: the type checker sees to it that none is forgotten. */
export type OptionNames<Options> = { readonly [K in keyof Required<Options>]: true };

/**
 * Complains about options that a function does not take, and about what is no object of options. `where` is the name of
 * the function, or gives it.
 */
export function checkOptions<Options>(
  where: string | (() => string),
  options: Options,
  names: OptionNames<NoInfer<Options>>,
  kind: ErrorClass = ConfigError,
): void {
  const problem = (message: string) => new kind(typeof where === "string" ? where : where(), message);
  if (!isPlain(options)) throw problem(`expected an object of options, received ${inspect(options)}.`);
  for (const key in options) {
    if (Object.hasOwn(names, key) || !Object.hasOwn(options, key)) continue;
    const help = didYouMean(key, Object.keys(names));
    throw problem(`unknown option ${quote(key)}.${help}`);
  }
}

/** Complains about an option that is given and is not what it should be; null is not given. */
export function checkOption<Options>(
  where: string,
  options: Options,
  name: keyof Options & string,
  [expected, isRight]: OptionKind,
  kind: ErrorClass = ConfigError,
): void {
  const given = options[name];
  if (given == null || isRight(given)) return;
  throw new kind(where, `expected ${name} to be ${expected}, received ${inspect(given)}.`);
}

/** What an option should be, in words and as a test. */
export type OptionKind = readonly [expected: string, isRight: (given: unknown) => boolean];

export const isText = (given: unknown): boolean => typeof given === "string";

export const aText: OptionKind = ["a string", isText];
export const aCallback: OptionKind = ["a function", isCallback];

/** Whether something can be called: a function, but no class. */
export function isCallback(given: unknown): boolean {
  return typeof given === "function" && !/^class\b/.test(Function.prototype.toString.call(given));
}
