import { attachment } from "../json/attachment.ts";
import type { Configurable } from "../registry/configurable.ts";
import { ownClassOf } from "../registry/own-class.ts";
import { isDict } from "./nested.ts";

/** Properties and their values. */
export type State = ReadonlyMap<PropertyKey, unknown>;

const noted = /* @__PURE__ */ attachment<State>();

/** Lists and dicts inside each other are copied so deep. */
const DEEPEST = 9;

/**
 * Remembers what the constructor has set, before a call or a build changes it. The first time counts; where the class
 * leaves nothing to find out there is nothing to remember.
 */
export function noteState(object: Configurable): void {
  if (!ownClassOf(object.constructor).leavesArguments || noted.get(object)) return;
  const copies = [...stateOf(object)].map(([key, value]) => [key, copy(value, 0)] as const);
  noted.set(object, new Map(copies));
}

function copy(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  if (!isDict(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item, depth + 1)]));
}

/** An object's properties beside its fields, as its constructor left them as far as that was noted. */
export function stateOf(object: Configurable): State {
  const known = noted.get(object);
  if (known) return known;
  const { bookkeeping, fields } = object.constructor as Configurable["constructor"] & {
    readonly bookkeeping?: readonly PropertyKey[];
  };
  const others = new Set(bookkeeping);
  for (const key in fields) others.add(fields[key]?.property ?? key);
  return new Map([...propertiesOf(object)].filter(([key]) => !others.has(key)));
}

export function propertiesOf(object: object): State {
  return new Map(Reflect.ownKeys(object).map((key) => [key, object[key as never]]));
}
