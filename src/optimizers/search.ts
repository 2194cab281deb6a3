import { fullMatcher } from "../dtype-policies/automaton.ts";

/** Whether one of some regular expressions, which are Python's, is found in a text. */
export function finder(path: string, patterns: readonly string[]): (text: string) => boolean {
  const matchers = [...new Set(patterns)].map((pattern) => fullMatcher(path, `.*(?:${pattern}).*`));
  return (text) => matchers.some((matches) => matches(text));
}
