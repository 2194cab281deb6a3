import { ConfigError } from "../errors.ts";
import { inspect } from "./inspect.ts";

/** How deep objects and arrays may be nested unless the caller says otherwise. */
const DEFAULT_DEPTH = 1000;

/** Beyond this, reading and writing could exhaust JavaScript's stack, whatever the caller says. */
const GREATEST_DEPTH = 2000;

/** The greatest depth of nesting to accept. */
export function depthLimit(maxDepth = DEFAULT_DEPTH): number {
  if (!(Number.isInteger(maxDepth) && maxDepth > 0)) {
    throw new ConfigError("maxDepth", `expected a positive integer, received ${inspect(maxDepth)}.`);
  }
  return Math.min(maxDepth, GREATEST_DEPTH);
}
