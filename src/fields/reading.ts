import { within } from "../context.ts";
import type { Dialect } from "../dialects/version.ts";
import type { Issue } from "../errors.ts";
import type { JsonValue } from "../json/json.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";

/** How objects inside configs are found; given by the registry. */
export interface Resolver {
  /** Reads any JSON value: envelopes become objects, the rest is copied. An unknown class stands for what is wanted. */
  deserialize(json: unknown, wanted?: "layer"): unknown;
  /** The function a name stands for, such as `relu` or a custom one; undefined if there is none. */
  functionNamed(name: string): ((...args: never[]) => unknown) | undefined;
  /** Whether a name stands for a class of one's own. */
  hasCustomClass(name: string): boolean;
}

/** The graph that is being read, as far as its calls need it. */
export interface ReadGraph {
  /** The tensor that a `keras_history` names. */
  tensorAt?(history: JsonValue): unknown;
  /** What the file says of the outputs of an operation's next call; undefined where it says nothing. */
  outputsOf?(operation: object): readonly { readonly shape: Shape; readonly dtype: DType }[] | undefined;
}

/** What is being read, while a config is read. */
export interface Reading {
  /** Where it is: `config.layers[4] (Conv2D "conv2d_3")`. Worked out when asked for. */
  readonly path: string;
  /** Nobody else holds the config, so that its parts may be kept without copying. */
  readonly isOwned: boolean;
  readonly resolver: Resolver;
  /** The Keras version that wrote it. */
  readonly dialect: Dialect;
  /**
   * Takes problems that are no errors here, such as unknown keys in lenient mode; null: they are errors. `unknown` is the
   * class or function that is not known, or null for one that is only carried along.
   */
  readonly notice: ((issue: Issue, unknown?: string | null) => void) | null;
  /** The graph whose calls are being made. */
  readonly graph?: ReadGraph;
}

let current: Reading | null = null;

/** The reading that is going on; null where an object is simply constructed. */
export function currentReading(): Reading | null {
  return current;
}

/** Runs `body` as part of a reading. */
export function runReading<T>(reading: Reading, body: () => T): T {
  const outer = current;
  current = reading;
  try {
    return within(body, () => reading.path);
  } finally {
    current = outer;
  }
}

/** A part of what is being read. */
class Part implements Reading {
  readonly isOwned: boolean;
  readonly resolver: Resolver;
  readonly dialect: Dialect;
  readonly notice: Reading["notice"];
  readonly graph?: ReadGraph;
  readonly #where: () => string;

  constructor(whole: Reading, where: () => string, graph: ReadGraph | undefined) {
    this.isOwned = whole.isOwned;
    this.resolver = whole.resolver;
    this.dialect = whole.dialect;
    this.notice = whole.notice;
    if (graph) this.graph = graph;
    this.#where = where;
  }

  get path(): string {
    return this.#where();
  }
}

/** Runs `body` for a part of what is being read; `where` gives its path, if an error needs it. */
export function readingPart<T>(where: () => string, body: () => T, graph = current?.graph): T {
  return current ? runReading(new Part(current, where, graph), body) : body();
}
