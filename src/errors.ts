/** What kind of thing went wrong; stable, for programs. */
export type ErrorCode = "config" | "file" | "model" | "shape" | "engine";

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
 */
export class CeratopsError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];

  constructor(code: ErrorCode, problem: string | readonly Issue[], options?: ErrorOptions) {
    const issues = typeof problem === "string" ? [{ path: "", message: problem }] : problem;
    super(issues.map(formatIssue).join("\n"), options);
    this.code = code;
    this.issues = issues;
  }

  /** The path of the first problem; empty where there is none. */
  get path(): string {
    return this.issues[0]?.path ?? "";
  }
}

/** A config, a constructor's options or an identifier is not what its class takes. */
export class ConfigError extends CeratopsError {
  override readonly name = "ConfigError";
  constructor(problem: string | readonly Issue[], options?: ErrorOptions) {
    super("config", problem, options);
  }
}

/** A file is broken, hostile, of another kind, or does not fit the model. */
export class FileError extends CeratopsError {
  override readonly name = "FileError";
  constructor(problem: string | readonly Issue[], options?: ErrorOptions) {
    super("file", problem, options);
  }
}

/** A model or layer is used in a way it cannot serve: building, calling, cloning, weights. */
export class ModelError extends CeratopsError {
  override readonly name = "ModelError";
  constructor(problem: string | readonly Issue[], options?: ErrorOptions) {
    super("model", problem, options);
  }
}

/** Shapes or dtypes of tensors do not fit each other. */
export class ShapeError extends CeratopsError {
  override readonly name = "ShapeError";
  constructor(problem: string | readonly Issue[], options?: ErrorOptions) {
    super("shape", problem, options);
  }
}

/** An engine is absent or cannot do what was asked. */
export class EngineError extends CeratopsError {
  override readonly name = "EngineError";
  constructor(problem: string | readonly Issue[], options?: ErrorOptions) {
    super("engine", problem, options);
  }
}

function formatIssue({ path, message }: Issue): string {
  return path ? `${path}: ${message}` : message;
}
