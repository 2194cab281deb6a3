import { FileError } from "../errors.ts";
import { checkOption, checkOptions } from "./check-options.ts";
import { depthLimit } from "./depth.ts";
import { inspect } from "./inspect.ts";
import type { JsonArray, JsonObject, JsonValue } from "./json.ts";
import { mark, markFloat, setKeyOrder, unmarkFloat } from "./marks.ts";
import { aLimit } from "./option-kinds.ts";
import { Scanner } from "./scanner.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export interface ParseOptions {
  /** How deep objects and arrays may be nested; 1,000 unless given, and never more than 2,000. */
  readonly maxDepth?: number | undefined;
  /** How many values there may be, those in objects and arrays counted; 10 million unless given. */
  readonly maxValues?: number | undefined;
  /** What errors call the text, such as the name of its file; `JSON` unless given. */
  readonly source?: string | undefined;
}

/** What several texts share: how many values they may have in all. */
export interface ValueBudget {
  readonly left: number;
  /** Takes some; throws where there is less left. */
  take(count: number, at: string): void;
}

const defaultValues = 10_000_000;

/**
 * Reads JSON text as Python's `json.dumps` writes it, with its `NaN`, `Infinity` and `-Infinity`.
 *
 * An integer beyond 2^53 becomes a `bigint`. What the values cannot carry, such as `1.0` being a float, is kept
 * in the marks of the objects and arrays. Throws a `FileError` where the text is wrong.
 */
export function parsePythonJson(text: string, options: ParseOptions = {}): JsonValue {
  if (typeof text !== "string") {
    throw new FileError("parsePythonJson", `expected text, received ${inspect(text)}.`);
  }
  checkOptions("parsePythonJson", options, { maxDepth: true, maxValues: true, source: true });
  checkOption("parsePythonJson", options, "maxValues", aLimit);
  const scanner = new Scanner(text, options.source ?? "JSON");
  const most = options.maxValues ?? defaultValues;
  const tooMany = (): never => scanner.fail(`at most ${most} values, the option maxValues,`);
  return new Reader(scanner, depthLimit(options.maxDepth), most, tooMany).document();
}

/** Reads a text that shares what it may have with others; `source` is what errors call it. */
export function parseWithin(text: string, source: string, budget: ValueBudget): JsonValue {
  const { left } = budget;
  const scanner = new Scanner(text, source);
  const reader = new Reader(scanner, depthLimit(), left, () => budget.take(left + 1, source));
  try {
    return reader.document();
  } finally {
    budget.take(Math.min(left, reader.values), source);
  }
}

class Reader {
  private readonly scanner: Scanner;
  private readonly maxDepth: number;
  private readonly maxValues: number;
  private readonly tooMany: () => void;
  private depth = 0;
  /** How many values were read, or begun. */
  values = 0;
  /** Whether the value read last is an integral number written as a float. */
  private float = false;
  /** Whether there was any such number: only then has a repeated key to take a mark back. */
  private anyFloat = false;
  /** The items of the arrays that are being read, the innermost last. */
  private readonly items: JsonArray = [];
  /** The keys, in order, of the objects that have integer-like ones. */
  private readonly orders = new Map<JsonObject, Set<string>>();

  constructor(scanner: Scanner, maxDepth: number, maxValues: number, tooMany: () => void) {
    this.scanner = scanner;
    this.maxDepth = maxDepth;
    this.maxValues = maxValues;
    this.tooMany = tooMany;
  }

  document(): JsonValue {
    const value = this.value();
    if (!Number.isNaN(this.scanner.peek())) this.scanner.fail("the end of the text");
    for (const [object, keys] of this.orders) setKeyOrder(object, [...keys]);
    return value;
  }

  private value(): JsonValue {
    const scanner = this.scanner;
    const code = scanner.peek();
    this.float = false;
    if (++this.values > this.maxValues) this.tooMany();
    switch (code) {
      case QUOTE:
        return scanner.string();
      case OPEN_OBJECT:
        return this.object();
      case OPEN_ARRAY:
        return this.array();
      case 0x6e:
        scanner.word("null");
        return null;
      case 0x74:
        scanner.word("true");
        return true;
      case 0x66:
        scanner.word("false");
        return false;
      case 0x4e:
        scanner.word("NaN");
        return Number.NaN;
      case 0x49:
        scanner.word("Infinity");
        return Number.POSITIVE_INFINITY;
      default:
        return this.number(code);
    }
  }

  private number(code: number): number | bigint {
    const scanner = this.scanner;
    if (code === MINUS && scanner.text.charCodeAt(scanner.position + 1) === 0x49) {
      scanner.word("-Infinity");
      return Number.NEGATIVE_INFINITY;
    }
    if (code !== MINUS && !(code >= ZERO && code <= NINE)) scanner.fail("a value");
    const value = scanner.number();
    this.float = scanner.float && Number.isInteger(value);
    if (this.float) this.anyFloat = true;
    return value;
  }

  private array(): JsonArray {
    const scanner = this.scanner;
    // An array that items are pushed to has room for 17: most here are short, and are made when their length is known.
    const items = this.items;
    const start = items.length;
    const floats: number[] = [];
    this.open();
    if (scanner.peek() !== CLOSE_ARRAY) {
      for (;;) {
        items.push(this.value());
        if (this.float) floats.push(items.length - 1 - start);
        const code = scanner.peek();
        if (code === CLOSE_ARRAY) break;
        if (code !== COMMA) scanner.fail("a comma or a closing bracket");
        scanner.position++;
      }
    }
    this.close();
    const array: JsonArray = items.slice(start);
    items.length = start;
    mark(array);
    for (const index of floats) markFloat(array, index);
    return array;
  }

  private object(): JsonObject {
    const scanner = this.scanner;
    const object: JsonObject = {};
    mark(object);
    this.open();
    if (scanner.peek() !== CLOSE_OBJECT) {
      for (;;) {
        if (scanner.peek() !== QUOTE) scanner.fail("a key in double quotes");
        const key = scanner.string();
        if (scanner.peek() !== COLON) scanner.fail("a colon");
        scanner.position++;
        this.noteOrder(object, key);
        const value = this.value();
        if (this.float) markFloat(object, key);
        else if (this.anyFloat) unmarkFloat(object, key);
        if (key === "__proto__") defineProperty(object, key, value);
        else object[key] = value;
        const code = scanner.peek();
        if (code === CLOSE_OBJECT) break;
        if (code !== COMMA) scanner.fail("a comma or a closing brace");
        scanner.position++;
      }
    }
    this.close();
    return object;
  }

  private open(): void {
    if (this.depth === this.maxDepth) this.scanner.fail(`at most ${this.maxDepth} levels of nesting`);
    this.depth++;
    this.scanner.position++;
  }

  private close(): void {
    this.depth--;
    this.scanner.position++;
    this.float = false;
  }

  /** JavaScript moves keys such as `10` to the front of an object: from the first one on, notes the order. */
  private noteOrder(object: JsonObject, key: string): void {
    const code = key.charCodeAt(0);
    const integerLike = code >= ZERO && code <= NINE;
    if (!integerLike && this.orders.size === 0) return;
    let keys = this.orders.get(object);
    if (keys === undefined && integerLike) {
      keys = new Set(Object.keys(object));
      this.orders.set(object, keys);
    }
    keys?.add(key);
  }
}

function defineProperty(object: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
