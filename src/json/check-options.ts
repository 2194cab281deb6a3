import { ConfigError, type ErrorClass } from "../errors.ts";
import { inspect, isPlain } from "./inspect.ts";
import { didYouMean } from "./suggest.ts";

/** The names of options, of a record that has them all: the type checker sees to it that none is forgotten. */
export type OptionNames<Options> = { readonly [K in keyof Required<Options>]: true };

/**
 * Complains about options that a function does not take, and about what is no object of options. `where` is the name of
 * the function.
 */
export function checkOptions<Options>(
  where: string,
  options: Options,
  names: OptionNames<NoInfer<Options>>,
  kind: ErrorClass = ConfigError,
): void {
  if (!isPlain(options)) {
    throw new kind(where, `expected an object of options, received ${inspect(options)}.`);
  }
  const unknown = Object.keys(options).find((key) => !Object.hasOwn(names, key));
  if (unknown === undefined) return;
  const help = didYouMean(unknown, Object.keys(names));
  throw new kind(where, `unknown option ${JSON.stringify(unknown)}.${help}`);
}
