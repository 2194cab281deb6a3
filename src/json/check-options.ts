import { ConfigError, type ErrorClass } from "../errors.ts";
import { inspect, isPlain } from "./inspect.ts";
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
    throw problem(`unknown option ${JSON.stringify(key)}.${help}`);
  }
}
