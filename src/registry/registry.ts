import { ConfigError } from "../errors.ts";
import type { ConfigurableClass } from "../fields/configurable.ts";
import { inspect, isIterable, isPlain } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { toSnakeCase } from "./snake-case.ts";

/** A class that can be made from its config. */
export interface RevivableClass extends ConfigurableClass {
  fromConfig(config: never, options?: never): unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: functions of any signature can be named in a config.
export type AnyFunction = (...args: any[]) => unknown;

/** Custom classes and functions by the name they have in configs: `MyLayer`, `my_package>MyLayer`, `my_function`. */
export type CustomObjects = Readonly<Record<string, RevivableClass | AnyFunction>>;

/** What Keras exports is in `keras` or one step below it. */
const PUBLIC = /^keras(\.\w+)?$/;

/** What a registry knows of Keras. */
interface Known {
  readonly classes: ReadonlyMap<string, RevivableClass>;
  /** The public modules of the classes, in the order they came: `keras.layers`, `keras`, … */
  readonly homes: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, AnyFunction>;
}

/**
 * The classes and functions that configs may name: a value, closed once made. Nothing outside it is ever looked up.
 */
export class Registry {
  #known: () => Known;
  readonly #custom = new Map<string, RevivableClass | AnyFunction>();

  /** Classes by their module and class name, and by other names: `keras.layers>MaxPool2D`; functions by their name. */
  constructor(
    classes: Iterable<RevivableClass> = [],
    functions: Readonly<Record<string, AnyFunction>> = {},
    aliases: Readonly<Record<string, RevivableClass>> = {},
  ) {
    const known = new Map(Object.entries(aliases));
    const homes = new Set<string>();
    for (const cls of listed(classes)) {
      if (!isRevivable(cls)) throw problem("Registry", "a class with a config", cls);
      known.set(`${cls.module}>${cls.className}`, cls);
      if (cls.module && PUBLIC.test(cls.module)) homes.add(cls.module);
    }
    if (!isPlain(functions)) throw problem("Registry", "an object of functions", functions);
    const all: Known = { classes: known, homes, functions: new Map(Object.entries(functions)) };
    this.#known = () => all;
  }

  /** @internal A registry that is made when it is first asked for something. */
  static later(make: () => Registry): Registry {
    const registry = new Registry();
    registry.#known = () => {
      registry.#known = make().#known;
      return registry.#known();
    };
    return registry;
  }

  /** This registry and custom objects, which come first. */
  with(customObjects: CustomObjects): Registry {
    if (!isPlain(customObjects)) {
      throw problem("customObjects", "your classes and functions by their names", customObjects);
    }
    const extended = new Registry();
    extended.#known = () => this.#known();
    for (const [key, object] of this.#custom) extended.#custom.set(key, object);
    for (const [name, object] of Object.entries(customObjects)) {
      if (typeof object !== "function")
        throw problem(`customObjects.${name}`, "a class or a function", object);
      extended.#custom.set(name, object);
      if (isClass(object) && object.registeredName) extended.#custom.set(object.registeredName, object);
    }
    return extended;
  }

  /** A class of Keras by module and name; a missing module (Keras 2) finds the class by its name alone. */
  builtin(module: JsonValue | undefined, className: string): RevivableClass | undefined {
    if (typeof className !== "string") return undefined;
    const { classes, homes } = this.#known();
    const isNamed = typeof module === "string";
    const exact = isNamed && classes.get(`${module}>${className}`);
    if (exact) return exact;
    for (const home of isNamed ? homesOf(module) : homes) {
      const cls = classes.get(`${home}>${className}`);
      if (cls) return cls;
    }
    return undefined;
  }

  /** The class that an envelope names. */
  find(envelope: JsonObject): RevivableClass | undefined {
    const { module, class_name: name, registered_name: registered } = envelope ?? {};
    if (typeof name !== "string") return undefined;
    const custom = this.customClass(typeof registered === "string" ? registered : name);
    return custom ?? this.builtin(module, name);
  }

  /** A custom class or function; `package>name` is also found by its bare name. */
  custom(name: string): RevivableClass | AnyFunction | undefined {
    const exact = this.#custom.get(name);
    if (exact) return exact;
    for (const [key, object] of this.#custom) if (key.endsWith(`>${name}`)) return object;
    return undefined;
  }

  customClass(name: string): RevivableClass | undefined {
    const object = this.custom(name);
    return object && isClass(object) ? object : undefined;
  }

  /** A custom function, or where `isKeras`, also one of Keras. */
  function(name: string, isKeras = true): AnyFunction | undefined {
    const custom = this.custom(name);
    if (custom && !isClass(custom)) return custom;
    return isKeras ? this.#known().functions.get(name) : undefined;
  }

  /** All names a class may be called by, for suggestions. */
  names(): string[] {
    const names = new Set<string>();
    for (const cls of this.#known().classes.values()) names.add(cls.className);
    for (const name of this.#custom.keys()) names.add(name);
    return [...names];
  }
}

/** Where a class of a module may be: private module paths of Keras (`keras.src.layers.core.dense`) stand for public ones. */
function homesOf(module: string): readonly string[] {
  const family = /^keras\.(?:src\.)?(?:saving\.)?(\w+)/.exec(module)?.[1];
  return family ? [`keras.${family}`, "keras"] : [];
}

function listed<T>(values: Iterable<T>): Iterable<T> {
  if (isIterable(values)) return values;
  throw problem("Registry", "a list of classes", values);
}

function isRevivable(value: unknown): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  return "className" in value && "fromConfig" in value;
}

function problem(where: string, expected: string, received: unknown): ConfigError {
  return new ConfigError(where, `expected ${expected}, received ${inspect(received)}.`);
}

/** Whether a custom object is a class with a config, told by its brand. */
export function isClass(object: unknown): object is RevivableClass {
  return typeof object === "function" && "className" in object && "fromConfig" in object;
}

/** The classes of Keras among what a module exports, each once. */
export function classesOf(module: object): RevivableClass[] {
  const found: RevivableClass[] = Object.values(module).filter(isClass);
  return [...new Set(found)].filter((cls) => cls.module !== null);
}

/** The other names that a module exports classes under: `keras.layers>MaxPool2D` is MaxPooling2D. */
export function aliasesOf(module: object): Record<string, RevivableClass> {
  const found: Record<string, RevivableClass> = {};
  for (const [name, value] of Object.entries(module)) {
    if (isClass(value) && value.module !== null && name !== value.className)
      found[`${value.module}>${name}`] = value;
  }
  return found;
}

/** What Keras calls the classes of a small family too: `keras.initializers>he_normal` is HeNormal. */
export function snakeNamesOf(classes: readonly RevivableClass[]): Record<string, RevivableClass> {
  return Object.fromEntries(classes.map((cls) => [`${cls.module}>${toSnakeCase(cls.className)}`, cls]));
}
