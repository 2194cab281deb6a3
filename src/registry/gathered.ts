import { ConfigError, type Issue } from "../errors.ts";
import { gathering } from "./deserialize.ts";

/**
 * What is written of each. Throws one ConfigError with the problems of all; those that know no place have that of the item
 * that they are in.
 */
export function gathered<T, Written>(
  items: readonly T[],
  write: (item: T) => Written,
  placeOf: (item: T) => string,
): Written[] {
  const issues: Issue[] = [];
  const written = items.flatMap((item) => {
    const own: Issue[] = [];
    const result = gathering(own, () => write(item));
    for (const issue of own) issues.push(issue.path === "" ? { ...issue, path: placeOf(item) } : issue);
    return result === undefined ? [] : [result];
  });
  if (issues.length > 0) throw new ConfigError(issues);
  return written;
}
