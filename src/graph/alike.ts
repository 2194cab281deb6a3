import { comparable } from "../json/comparable.ts";
import { Configurable } from "../registry/configurable.ts";
import { ownClassOf } from "../registry/own-class.ts";
import { type HasParts, parts } from "../registry/parts.ts";
import { toSnakeCase } from "../registry/snake-case.ts";
import { propertiesOf, type State, stateOf } from "./made-state.ts";
import { isDict } from "./nested.ts";

/** Deeper than anything that a constructor makes, but for graphs. */
const DEEPEST = 100;

/**
 * What tells two objects of one class apart, as far as anybody can see: fields, other properties as their constructor
 * left them, parts. Not the name, which is said in any case, nor the input of a model, which a config has.
 */
export function differences(a: Configurable, b: Configurable): PropertyKey[] {
  // Pairs that contain each other are taken for alike.
  const pairs = new Map<unknown, unknown>([[a, b]]);
  let depth = 0;
  const unlike = (x: State | null, y: State | null): PropertyKey[] =>
    x && y ? [...new Set([...x.keys(), ...y.keys()])].filter((key) => !alike(x.get(key), y.get(key))) : [""];
  const alike = (x: unknown, y: unknown): boolean => {
    if (Object.is(x, y)) return true;
    if (!isObject(x) || !isObject(y) || depth > DEEPEST) return false;
    if (pairs.get(x) === y) return true;
    if (Object.getPrototypeOf(x) !== Object.getPrototypeOf(y)) return false;
    pairs.set(x, y);
    depth++;
    const different = unlike(viewOf(x), viewOf(y));
    depth--;
    // Whether a layer trains may be said after it was made.
    return different.every((key) => key === "trainable" && x instanceof Configurable);
  };
  return unlike(viewOf(a), viewOf(b)).filter((key) => key !== "name" && key !== "input");
}

/** What can be seen of an object; null where it may hide something. */
function viewOf(object: object): State | null {
  const said = parts in object ? Object.entries((object as HasParts)[parts]()) : [];
  if (object instanceof Configurable) return madeView(object, said);
  if (said.length > 0) return new Map(said);
  if (isCollection(object)) return new Map([...object].entries());
  return isDict(object) || !ownClassOf(object.constructor).hidesState ? propertiesOf(object) : null;
}

function madeView(object: Configurable, said: readonly [string, unknown][]): State | null {
  const { className, fields, module } = object.constructor;
  const { takesArguments, hidesState } = ownClassOf(object.constructor);
  if (takesArguments && hidesState) return null;
  const isAutoName = (name: unknown) => new RegExp(`^${toSnakeCase(className)}(_\\d+)?$`).test(String(name));
  const view = new Map<PropertyKey, unknown>(module === null ? stateOf(object) : []);
  for (const key in fields) {
    const { property = key, toJson } = fields[key] as (typeof fields)[string];
    const value = object[property as keyof Configurable] as unknown;
    view.set(
      key,
      typeof value === "function"
        ? comparable(toJson(value))
        : key === "name" && isAutoName(value)
          ? null
          : value,
    );
  }
  for (const [key, value] of said) view.set(key, value);
  return view;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isCollection(value: object): value is object & Iterable<unknown> {
  return Array.isArray(value) || value instanceof Map || value instanceof Set || ArrayBuffer.isView(value);
}
