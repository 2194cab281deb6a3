import { ConfigError, ModelError } from "../errors.ts";
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

/** Complains about lists and dicts inside each other deeper than any config is, as those that contain themselves are. */
export function checkLevel(level: number): void {
  if (level < DEFAULT_DEPTH) return;
  const most = `at most ${DEFAULT_DEPTH} lists and dicts inside each other`;
  throw new ModelError("structure", `expected ${most}, received more. Does one contain itself?`);
}
