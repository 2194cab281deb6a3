import { type Kind, oneOf } from "../fields/kinds.ts";
import { shorthand } from "../fields/shorthands.ts";

/** One of a fixed set of lower-case strings, given in any case. */
export function oneOfAnyCase<const T extends string>(...values: readonly T[]): Kind<T, T> {
  const exact = oneOf(...values);
  return {
    ...exact,
    parse: (input, problems) =>
      exact.parse(typeof input === "string" ? input.toLowerCase() : input, problems),
  };
}

/** How windows are padded: not at all, or so that every stride has one. */
export const windowPadding = shorthand(oneOfAnyCase("valid", "same"));
/** Also `causal`: only before the sequence, so that no window sees what comes later. */
export const sequencePadding = shorthand(oneOfAnyCase("valid", "same", "causal"));
