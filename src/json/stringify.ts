import { ConfigError } from "../errors.ts";
import { checkOptions } from "./check-options.ts";
import { depthLimit } from "./depth.ts";
import { inspect, isPlain } from "./inspect.ts";
import { isFloat, keysOf } from "./marks.ts";
import { joinPath } from "./path.ts";
import { pythonFloat } from "./python-float.ts";

export interface StringifyOptions {
  /** Spaces per level, one item a line, as `json.dumps(obj, indent=…)`; all on one line unless given. */
  readonly indent?: number | null | undefined;
  /** How deep objects and arrays may be nested; 1,000 unless given, and never more than 2,000. */
  readonly maxDepth?: number | undefined;
}

/**
 * Writes a value as Python's `json.dumps` does, to the character.
 *
 * A number is written as a float when it is not integral, is marked as a float, or lies beyond 2^53, where
 * integers are `bigint`s. Properties that are `undefined` are left out. Throws a `ConfigError` for what JSON
 * cannot hold.
 */
export function stringifyPythonJson(value: unknown, options: StringifyOptions = {}): string {
  checkOptions("stringifyPythonJson", options, { indent: true, maxDepth: true });
  const { indent } = options;
  if (indent != null && !(Number.isInteger(indent) && indent >= 0)) {
    throw new ConfigError(
      "stringifyPythonJson",
      `expected indent to be a number of spaces, received ${inspect(indent)}.`,
    );
  }
  return new Writer(indent, depthLimit(options.maxDepth)).document(value);
}

const mostPieces = 4096;

class Writer {
  private readonly indent: string | undefined;
  private readonly maxDepth: number;
  private readonly quotedKeys = new Map<string, string>();
  /** The keys and indices on the way to the value being written. */
  private readonly path: (string | number)[] = [];
  /** The text so far: its last pieces, and before them those that were joined. */
  private readonly pieces: string[] = [];
  private readonly joined: string[] = [];

  constructor(indent: number | null | undefined, maxDepth: number) {
    this.indent = indent == null ? undefined : " ".repeat(indent);
    this.maxDepth = maxDepth;
  }

  document(value: unknown): string {
    this.value(value, undefined, "", 0);
    this.join();
    return this.joined.join("");
  }

  /** Text that is joined piece by piece is a tree of its pieces, of which there are millions in a large model. */
  private write(piece: string): void {
    if (this.pieces.push(piece) === mostPieces) this.join();
  }

  private join(): void {
    this.joined.push(this.pieces.join(""));
    this.pieces.length = 0;
  }

  private value(value: unknown, container: object | undefined, key: string | number, depth: number): void {
    switch (typeof value) {
      case "string":
        this.write(quoteAscii(value));
        return;
      case "number":
        this.write(writeNumber(value, container, key));
        return;
      case "boolean":
        this.write(value ? "true" : "false");
        return;
      case "bigint":
        this.write(String(value));
        return;
      case "object":
        if (value === null) {
          this.write("null");
          return;
        }
        if (depth > 0) this.path[depth - 1] = key;
        if (depth === this.maxDepth) this.failDepth();
        if (Array.isArray(value)) {
          this.array(value, depth + 1);
          return;
        }
        if (isPlain(value)) {
          this.object(value, depth + 1);
          return;
        }
    }
    if (depth > 0) this.path[depth - 1] = key;
    this.fail(value, depth);
  }

  private array(array: readonly unknown[], depth: number): void {
    this.write("[");
    for (let i = 0; i < array.length; i++) {
      this.separate(i === 0, depth);
      this.value(array[i], array, i, depth);
    }
    if (array.length > 0) this.newLine(depth - 1);
    this.write("]");
  }

  private object(object: object, depth: number): void {
    this.write("{");
    let first = true;
    for (const key of keysOf(object)) {
      const value = (object as Readonly<Record<string, unknown>>)[key];
      if (value === undefined) continue;
      this.separate(first, depth);
      this.write(this.quotedKey(key));
      this.value(value, object, key, depth);
      first = false;
    }
    if (!first) this.newLine(depth - 1);
    this.write("}");
  }

  private separate(first: boolean, depth: number): void {
    if (this.indent === undefined) {
      if (!first) this.write(", ");
    } else {
      if (!first) this.write(",");
      this.newLine(depth);
    }
  }

  private newLine(depth: number): void {
    if (this.indent !== undefined) this.write(`\n${this.indent.repeat(depth)}`);
  }

  private quotedKey(key: string): string {
    let quoted = this.quotedKeys.get(key);
    if (quoted === undefined) {
      quoted = `${quoteAscii(key)}: `;
      this.quotedKeys.set(key, quoted);
    }
    return quoted;
  }

  private fail(value: unknown, depth: number): never {
    const path = this.path.slice(0, depth).reduce<string>(joinPath, "");
    throw new ConfigError(path, `expected a JSON value, received ${inspect(value)}.`);
  }

  private failDepth(): never {
    throw new ConfigError(
      "JSON",
      `expected at most ${this.maxDepth} levels of nesting, received more. Does the value contain itself?`,
    );
  }
}

function writeNumber(value: number, container: object | undefined, key: string | number): string {
  const int =
    Number.isSafeInteger(value) &&
    !Object.is(value, -0) &&
    (container === undefined || !isFloat(container, key));
  return int ? String(value) : pythonFloat(value);
}

const PLAIN_TEXT = /^[ !#-[\]-~]*$/;

const ESCAPED = /[^ !#-[\]-~]/g;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function quoteAscii(text: string): string {
  return PLAIN_TEXT.test(text) ? `"${text}"` : `"${text.replace(ESCAPED, escapeUnit)}"`;
}

function escapeUnit(unit: string): string {
  return SHORT_ESCAPES.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
