import { ConfigError, type Issue } from "../errors.ts";
import { gathering } from "./deserialize.ts";

/** What is written of each. Throws one ConfigError with the problems of all. */
export function gathered<T, Written>(items: readonly T[], write: (item: T) => Written): Written[] {
  const issues: Issue[] = [];
  const written = items.flatMap((item) => {
    const result = gathering(issues, () => write(item));
    return result === undefined ? [] : [result];
  });
  if (issues.length > 0) throw new ConfigError(issues);
  return written;
}
