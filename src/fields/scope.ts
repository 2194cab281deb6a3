import type { Issue } from "../errors.ts";
import type { JsonValue } from "../json/json.ts";
import type { Dialect } from "./dialect.ts";

/** How objects inside configs are found; given by the registry. */
export interface Resolver {
  /** Reads any JSON value: envelopes become objects, the rest is copied. */
  deserialize(json: unknown): unknown;
  /** The function a name stands for, such as `relu` or a custom one; undefined if there is none. */
  functionNamed(name: string): ((...args: never[]) => unknown) | undefined;
}

/** What is being read, while a config is read. */
export interface ReadScope {
  /** Where it is: `config.layers[4] (Conv2D "conv2d_3")`. Worked out when asked for. */
  readonly path: string;
  /** Nobody else holds the config, so that its parts may be kept without copying. */
  readonly isOwned: boolean;
  readonly resolver: Resolver;
  /** The Keras version that wrote it. */
  readonly dialect: Dialect;
  /** Takes problems that are no errors here, such as unknown keys in lenient mode; null: they are errors. */
  readonly notice: ((issue: Issue) => void) | null;
  /** The tensor of the graph being read that a `keras_history` names. */
  readonly tensorAt?: (history: JsonValue) => unknown;
}

let current: ReadScope | null = null;

/** The scope of the config being read; null where an object is simply constructed. */
export function readScope(): ReadScope | null {
  return current;
}

/** Runs `body` as part of reading a config. */
export function withReadScope<T>(scope: ReadScope | null, body: () => T): T {
  const outer = current;
  current = scope;
  try {
    return body();
  } finally {
    current = outer;
  }
}

/** A part of what is being read. */
class Part implements ReadScope {
  readonly isOwned: boolean;
  readonly resolver: Resolver;
  readonly dialect: Dialect;
  readonly notice: ReadScope["notice"];
  readonly tensorAt?: NonNullable<ReadScope["tensorAt"]>;
  readonly #where: () => string;

  constructor(whole: ReadScope, where: () => string, tensorAt: ReadScope["tensorAt"]) {
    this.isOwned = whole.isOwned;
    this.resolver = whole.resolver;
    this.dialect = whole.dialect;
    this.notice = whole.notice;
    if (tensorAt) this.tensorAt = tensorAt;
    this.#where = where;
  }

  get path(): string {
    return this.#where();
  }
}

/** Runs `body` for a part of what is being read; `where` gives its path, if an error needs it. */
export function withPart<T>(where: () => string, body: () => T, tensorAt = current?.tensorAt): T {
  return current ? withReadScope(new Part(current, where, tensorAt), body) : body();
}
