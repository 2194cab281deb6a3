import { ConfigError } from "../errors.ts";
import { inspect, isIterable } from "../json/inspect.ts";
import type { Verdict } from "./report.ts";

/** All verdicts. Of what cannot be read nobody knows what it is: that is worse than damage that was looked at. */
export const worstFirst: readonly Verdict[] = ["dangerous", "unreadable", "damaged", "unknown", "clean"];

/** How `ceratops check` ends for a verdict; 2 is a wrong command line, as everywhere. */
export const exitCodes: Readonly<Record<Verdict, number>> = {
  clean: 0,
  dangerous: 1,
  unknown: 3,
  damaged: 4,
  unreadable: 5,
};

/**
 * The worst of several verdicts, which is that of a folder: `dangerous`, `unreadable`, `damaged`, `unknown`, `clean`, in
 * this order. None at all are clean.
 *
 * @example
 * worstVerdict(["clean", "dangerous", "damaged"]); // "dangerous"
 */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  if (!isIterable(verdicts))
    throw new ConfigError("worstVerdict", `expected verdicts, received ${inspect(verdicts)}.`);
  const all = new Set(verdicts);
  for (const each of all)
    if (!worstFirst.includes(each))
      throw new ConfigError(
        "worstVerdict",
        `expected one of ${inspect(worstFirst)}, received ${inspect(each)}.`,
      );
  return worstFirst.find((verdict) => all.has(verdict)) ?? "clean";
}
