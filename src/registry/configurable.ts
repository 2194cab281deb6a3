import { dialectIn } from "../dialects/notes.ts";
import { isOlder } from "../dialects/version.ts";
import { type ConfigurableClass, copiedOptions, setFields } from "../fields/configurable.ts";
import type { Arguments, Fields, OptionsOf, Suggested, ValuesOf } from "../fields/field.ts";
import { checkRedeclared } from "../fields/redeclared.ts";
import { writeFields } from "../fields/write-fields.ts";
import { inConsole } from "../json/in-console.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { type DeserializeOptions, reading } from "./deserialize.ts";
import { makeOf } from "./given-arguments.ts";
import { meet } from "./known.ts";
import { ownClassOf } from "./own-class.ts";
import { serialize } from "./serialize.ts";
import { settleLike } from "./settle.ts";

const NOTHING: Readonly<Record<string, unknown>> = {};

/** Whatever has a class and a config: initializers, regularizers, constraints, policies, operations, layers. */
export abstract class Configurable {
  declare readonly ["constructor"]: ConfigurableClass & { fromConfig(config: object): Configurable };

  static get className(): string {
    return this.name;
  }
  static readonly module: string | null = null;
  static get registeredName(): string | null {
    return this.module === null ? this.className : null;
  }
  static readonly fields: Fields = {};

  constructor(options: object = {}) {
    setFields(this, this.constructor, options);
    meet(this.constructor);
  }

  /** The config: plain data from which `fromConfig` makes the same object again. */
  getConfig(): JsonObject {
    checkRedeclared(this.constructor);
    const inside = this.objectsInside();
    const config = writeFields(this, this.constructor, inside);
    for (const key of Object.keys(inside))
      if (Object.hasOwn(config, key)) config[key] = serialize(inside[key]);
    return this.withArguments(isOlder(dialectIn(config)) ? config : this.arrange(config));
  }

  /**
   * What it holds, by the keys of fields, that is written as it is now: it may have been built, renamed or frozen since it
   * was read.
   */
  protected objectsInside(): Readonly<Record<string, unknown>> {
    return NOTHING;
  }

  /** The config as Keras orders it, where that is not the order of the fields. */
  protected arrange(config: JsonObject): JsonObject {
    return config;
  }

  /** The config with what only the class's constructor knows, where that can be found out. */
  protected withArguments(config: JsonObject): JsonObject {
    return config;
  }

  /** Its class, and what it was given that is not the default, for people to read: `<Adam learning_rate=0.01>`. */
  toString(): string {
    const given = Object.entries(this.constructor.fields).flatMap(([key, field]) => {
      const value = Reflect.get(this, field.property ?? key);
      return value === field.default ? [] : [`${key}=${inspect(value)}`];
    });
    return `<${[this.constructor.className, given.join(", ")].join(" ").trimEnd()}>`;
  }

  [inConsole](): string {
    return this.toString();
  }

  /** Makes an object from its config. */
  static fromConfig<T extends object>(
    this: new (
      options: never,
    ) => T,
    config: object,
    options: DeserializeOptions = {},
  ): T {
    const cls = this as unknown as ConfigurableClass;
    return reading(cls, config, options, (own) => makeOf(cls, own, () => new this(own as never)));
  }
}

/**
 * An object like another: what `fromConfig` makes of its `getConfig()`. Where the class leaves both to its fields, it is
 * made without the config in between.
 */
export function copyObject<T extends Configurable>(object: T): T {
  const cls = object.constructor;
  const isPlain =
    object.getConfig === Configurable.prototype.getConfig &&
    cls.fromConfig === Configurable.fromConfig &&
    !ownClassOf(cls).leavesArguments;
  const options = isPlain ? copiedOptions(object, cls) : null;
  if (options === null) return cls.fromConfig(object.getConfig()) as T;
  return settleLike(new (cls as unknown as new (options: object) => T)(options), object);
}

/** A constructor of a class with this name and these fields. */
export type Constructor<F extends Fields, Base, Name extends string = string> = {
  new <Named extends OptionsOf<F> = OptionsOf<F>>(
    ...args: Arguments<OptionsOf<F>, Named>
  ): Base & Readonly<ValuesOf<F>>;
  /** The name in configs; a subclass may have another. */
  readonly className: Suggested<Name>;
} & ConfigurableClass & {
    fromConfig<T>(this: new (options: never) => T, config: object, options?: DeserializeOptions): T;
  };
