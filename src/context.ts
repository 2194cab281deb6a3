import { ModelError } from "./errors.ts";

/**
 * Gives back what a body gave that ran inside a context. A Promise is refused: after its first `await` the rest would
 * run outside, or inside a context of somebody else.
 */
export function finished<T>(result: T, who: () => string): T {
  if (result instanceof Promise) {
    result.catch(() => undefined);
    throw new ModelError(who(), "expected to return at once, received a promise. It must not be async.");
  }
  return result;
}
