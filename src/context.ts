import { ConfigError, type ErrorClass, ModelError } from "./errors.ts";

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

let depth = 0;

/**
 * Runs the body of a context, and says where it was if the stack got full. Only the outermost context says so: further in
 * there is no room for it, and V8 ends the process where it has to compile an expression there.
 */
export function within<T>(body: () => T, who: () => string, kind: ErrorClass = ConfigError): T {
  depth++;
  try {
    return finished(body(), who);
  } catch (error) {
    throw depth === 1 && isStackFull(error) ? tooDeep(who(), kind, error) : error;
  } finally {
    depth--;
  }
}

function tooDeep(where: string, kind: ErrorClass, cause: unknown): Error {
  const message =
    "expected nesting that JavaScript's stack has room for, received deeper one, or a function that calls itself without end.";
  return new kind(where, message, { cause });
}

/** Whether an error of the platform says that functions called each other too deep. */
export function isStackFull(error: unknown): boolean {
  return error instanceof Error && fullStack.some((text) => error.message.includes(text));
}

/** What V8 and JavaScriptCore say, and what SpiderMonkey does. */
const fullStack = ["call stack size exceeded", "too much recursion"];
