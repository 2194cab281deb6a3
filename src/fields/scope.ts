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
  /** Where it is: `config.layers[4] (Conv2D "conv2d_3")`. */
  readonly path: string;
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
