import { isIdentifier } from "./path.ts";
import { quote } from "./quote.ts";

const MAX_DEPTH = 2;
const MAX_ITEMS = 10;
const MAX_LENGTH = 400;

/**
 * Prints a received value for an error message, shortly and on one line: two levels deep, ten items a level.
 * Shows typed arrays by their length and class instances by their class. Runs no getter and never throws.
 */
export function inspect(value: unknown): string {
  let text: string;
  try {
    text = show(value, []);
  } catch {
    text = "[object]"; // a Proxy whose traps throw
  }
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}

function show(value: unknown, around: readonly object[]): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return `[symbol ${quote(value.description ?? "")}]`;
    case "function":
      return showFunction(value);
    case "object":
      return value === null ? "null" : showObject(value, around);
    default:
      return String(value);
  }
}

function showFunction(value: object): string {
  const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function";
  const name = ownData(value, "name");
  return typeof name === "string" && name !== "" ? `[${kind} ${plain(name)}]` : `[${kind}]`;
}

function showObject(value: object, around: readonly object[]): string {
  if (ArrayBuffer.isView(value)) return showView(value);
  if (around.includes(value)) return "[circular]";
  const list = Array.isArray(value);
  if (!list && !isPlain(value)) return showInstance(value);
  if (around.length === MAX_DEPTH) return list ? "[…]" : "{…}";

  const inside = [...around, value];
  const keys = list ? undefined : Object.keys(value);
  const count = list ? value.length : keys!.length;
  const items: string[] = [];
  for (let i = 0; i < Math.min(count, MAX_ITEMS); i++) {
    const key = keys === undefined ? String(i) : keys[i]!;
    const property = Object.getOwnPropertyDescriptor(value, key);
    const text = property?.get ? "[getter]" : show(property?.value, inside);
    items.push(keys === undefined ? text : `${isIdentifier(key) ? key : quote(key)}: ${text}`);
  }
  if (count > MAX_ITEMS) items.push(`… ${count - MAX_ITEMS} more`);
  if (list) return `[${items.join(", ")}]`;
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

/** The class, and the name if the instance has one: `Dense "dense_1"`. */
function showInstance(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  const maker =
    typeof prototype === "object" && prototype !== null ? inheritedData(prototype, "constructor") : undefined;
  const className = typeof maker === "function" ? ownData(maker, "name") : undefined;
  const shown = typeof className === "string" && className !== "" ? plain(className) : "[object]";
  const name = ownData(value, "name");
  return typeof name === "string" ? `${shown} ${quote(name)}` : shown;
}

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayName = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)!.get!;
const typedArrayLength = Object.getOwnPropertyDescriptor(typedArray, "length")!.get!;

function showView(value: ArrayBufferView): string {
  const name: string | undefined = typedArrayName.call(value);
  return name === undefined ? "DataView" : `${name}(${typedArrayLength.call(value)})`;
}

/** Whether a value is an object that is no list, no function and no instance of a class. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether a value can be gone through; a string could be, but is one thing. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function inheritedData(object: object, key: string): unknown {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, key)) return ownData(at, key);
  }
  return undefined;
}

function ownData(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

/** A name without quotes, if it is harmless. */
function plain(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}
