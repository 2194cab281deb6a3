import { printableLine } from "./json/printable.ts";

/** What kind of thing went wrong; stable, for programs. */
export type ErrorCode = "config" | "file" | "model" | "shape" | "engine";

const MAX_PATH = 1000;
const MAX_MESSAGE = 2000;
/** How many problems are in an error's text, and about how many characters. */
const MAX_LINES = 50;
const MAX_TEXT = 20_000;

/** One problem: where it is, and what is wrong there. */
export interface Issue {
  /** A path such as `config.layers[4] (Conv2D "conv2d_3").kernel_size`; empty where there is none. */
  readonly path: string;
  /** `expected …, received …`, and at most one sentence of help. */
  readonly message: string;
}

/**
 * The base of every error this package throws on purpose.
 *
 * `message` says where, what was expected and what was received; `code` and `issues` say the same to a
 * program. Reading a config gathers all problems and throws once.
 *
 * Both can be shown and logged as they are, whatever a file has for names: control and formatting characters are escaped
 * as `\u001b`, and long texts lose their middle. `message` has the first 50 problems; `issues` has them all.
 */
export class CeratopsError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];

  constructor(code: ErrorCode, issues: readonly Issue[], options?: ErrorOptions) {
    const shown = issues.map(printableIssue);
    super(messageOf(shown), options);
    this.code = code;
    this.issues = shown;
  }

  /** The path of the first problem; empty where there is none. */
  get path(): string {
    return this.issues[0]?.path ?? "";
  }
}

/** What makes an error: of a path and what is wrong there, or of several problems at once. */
export interface ErrorClass {
  new (path: string, message: string, options?: ErrorOptions): CeratopsError;
  new (issues: readonly Issue[], options?: ErrorOptions): CeratopsError;
}

/** A class of errors with one code. */
function errorsOf(code: ErrorCode, name: string): ErrorClass {
  return class extends CeratopsError {
    override readonly name: string = name;
    constructor(path: string, message: string, options?: ErrorOptions);
    constructor(issues: readonly Issue[], options?: ErrorOptions);
    constructor(where: string | readonly Issue[], second?: string | ErrorOptions, third?: ErrorOptions) {
      if (typeof where === "string") super(code, [{ path: where, message: second as string }], third);
      else super(code, where, second as ErrorOptions | undefined);
    }
  };
}

/** A config, a constructor's options or an identifier is not what its class takes. */
export class ConfigError extends /* @__PURE__ */ errorsOf("config", "ConfigError") {}

/** A file is broken, hostile, of another kind, or does not fit the model. */
export class FileError extends /* @__PURE__ */ errorsOf("file", "FileError") {}

/** A model or layer is used in a way it cannot serve: building, calling, cloning, weights. */
export class ModelError extends /* @__PURE__ */ errorsOf("model", "ModelError") {}

/** Shapes or dtypes of tensors do not fit each other. */
export class ShapeError extends /* @__PURE__ */ errorsOf("shape", "ShapeError") {}

/** An engine is absent or cannot do what was asked. */
export class EngineError extends /* @__PURE__ */ errorsOf("engine", "EngineError") {}

/** Says that something of ours is true; where it is not, that is a bug of this package and no user's mistake. */
export function invariant(condition: unknown, text: string): asserts condition {
  if (!condition) throw new Error(`Ceratops has a bug: ${text}. Please report it.`);
}

/** A problem as it can be shown: on one line, of a bounded length, without characters that garble a terminal. */
export function printableIssue({ path, message }: Issue): Issue {
  return { path: printableLine(path, MAX_PATH), message: printableLine(message, MAX_MESSAGE) };
}

/** A line for each problem, until there is enough to read. */
function messageOf(issues: readonly Issue[]): string {
  let text = "";
  for (const [i, { path, message }] of issues.entries()) {
    if (i === MAX_LINES || text.length > MAX_TEXT) return `${text}\n… and ${issues.length - i} more.`;
    text += `${i > 0 ? "\n" : ""}${path ? `${path}: ` : ""}${message}`;
  }
  return text;
}
