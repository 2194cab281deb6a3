import { CeratopsError, ConfigError, type ErrorClass, ModelError, ShapeError } from "./errors.ts";

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

/** How the place of what has a name begins: `layer "dense"`, `metric "auc"`. */
const ofSomebody = /^[a-z]+ "/;

/**
 * Runs what computes something of somebody's. What operations say of shapes and values in there has that place in front:
 * the innermost one, where several are inside each other.
 */
export function computing<T>(who: () => string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw error instanceof CeratopsError ? inPlace(error, who) : error;
  }
}

function inPlace(error: CeratopsError, who: () => string): CeratopsError {
  const Kind = [ShapeError, ModelError].find((kind) => error.constructor === kind);
  if (!Kind || ofSomebody.test(error.path)) return error;
  const where = who();
  const issues = error.issues.map(({ path, message }) => ({
    path: [where, path].filter(Boolean).join(": "),
    message,
  }));
  return new Kind(issues, { cause: error });
}

/** How many contexts are inside each other. */
let depth = 0;

/** The innermost context in which the stack got full, how deep that was, and the platform's error that says so. */
let full: { readonly error: unknown; readonly depth: number; readonly who: () => string } | null = null;

/**
 * Runs the body of a context, and says where it was if the stack got full. Only the outermost context says so: further in
 * there is no room for it.
 */
export function within<T>(body: () => T, who: () => string, kind: ErrorClass = ConfigError): T {
  depth++;
  try {
    if (depth > shallow && depth % stride === 0) leaveRoom();
    return finished(body(), who);
  } catch (error) {
    throw isStackFull(error) ? fullIn(error, who, kind) : error;
  } finally {
    depth--;
  }
}

/** What a context throws in which the stack got full: the same error, or where it is the outermost, what it means. */
function fullIn(error: unknown, who: () => string, kind: ErrorClass): unknown {
  const deepest = full && full.error === error ? full : { error, depth, who };
  full = depth > 1 ? deepest : null;
  return full ? error : tooDeep(who(), deepest.depth, deepest.who(), kind, error);
}

/** So many contexts fit on any stack; few models have more inside each other, so that looking costs the others nothing. */
const shallow = 32;

/** How many contexts are entered between two looks at the stack; each takes up to 3 KB of it. */
const stride = 4;

const room = /* @__PURE__ */ new Array<undefined>(4096).fill(undefined);

/**
 * Fails as a full stack does while there is still room. V8 ends the process where it has to compile a regular expression
 * in the last frames, as those who make the text of an error do.
 */
function leaveRoom(): void {
  // at most 4096: they take 32 KB, which is what has to be left
  Reflect.apply(nothing, undefined, room);
}

function nothing(): void {}

function tooDeep(where: string, levels: number, deepest: string, kind: ErrorClass, cause: unknown): Error {
  const message = `expected nesting that JavaScript's stack has room for, received deeper one, or a function that calls itself without end: ${levels} steps are inside each other, the innermost at ${end(deepest)}.`;
  return new kind(where, message, { cause });
}

/** The end of a place so deep. */
function end(place: string): string {
  return place.length > 160 ? `…${place.slice(-160)}` : place;
}

/** Whether an error of the platform says that functions called each other too deep. */
export function isStackFull(error: unknown): boolean {
  return error instanceof Error && fullStack.some((text) => error.message.includes(text));
}

/** What V8 and JavaScriptCore say, and what SpiderMonkey does. */
const fullStack = ["call stack size exceeded", "too much recursion"];
