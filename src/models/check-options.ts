import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { didYouMean } from "../json/suggest.ts";

/** Complains about options that a method of a model does not take. */
export function checkOptions(method: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new ModelError(method, `expected an object of options, received ${inspect(options)}.`);
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ModelError(method, `unknown option ${JSON.stringify(unknown)}.${didYouMean(unknown, known)}`);
}
