import { type Dialect, formatDialect, parseDialect } from "../dialects/version.ts";
import { ConfigError, invariant } from "../errors.ts";

/** Complains where what a version of Keras ended is written for that or a newer one. */
export function endedIn(version: string, what: string, help: string): (dialect: Dialect | null) => void {
  const end = parseDialect(version);
  invariant(end, `${version} is no version of Keras`);
  return (dialect) => {
    if (dialect === null || dialect < end) return;
    const message = `expected what Keras ${formatDialect(dialect)} has, received ${what}, which went with Keras ${version}. ${help}`;
    throw new ConfigError("serialize", message);
  };
}
