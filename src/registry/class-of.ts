import type { ConfigurableClass } from "../fields/configurable.ts";
import type { Fields } from "../fields/field.ts";
import type { Configurable, Constructor } from "./configurable.ts";
import { nameClass } from "./own-name.ts";
import type { RevivableClass } from "./registry.ts";

/** How a class is known in configs. */
export interface ClassSettings {
  /** The package of a custom class: it is registered as `package>name`. */
  readonly package?: string;
  /** The module of a class of Keras. */
  readonly module?: string;
}

/** How a class of this name is known in configs. */
export function nameOf<Name extends string>(className: Name, settings: ClassSettings) {
  const { package: owner, module = null } = settings;
  const registeredName = owner === undefined ? className : `${owner}>${className}`;
  return { className, module, registeredName: module === null ? registeredName : null };
}

/**
 * A function that gives the base of a class with a name and fields, for the class that defines what it does; `settings`
 * are those of classes that have none of their own.
 */
export function definer<Base extends Configurable>(
  base: abstract new (...args: never[]) => Base,
  settings: ClassSettings = {},
) {
  return <const Name extends string, const F extends Fields>(
    className: Name,
    fields: F,
    own = settings,
  ): Constructor<F, Base, Name> => classOf(base, { ...nameOf(className, own), fields });
}

/** A class on a base that says these facts of itself. */
export function classOf<Facts extends ConfigurableClass, Base extends Configurable>(
  base: abstract new (...args: never[]) => Base,
  facts: Facts,
): Constructor<Facts["fields"], Base, Facts["className"]>;
export function classOf(base: abstract new (...args: never[]) => object, facts: ConfigurableClass): unknown {
  abstract class Defined extends base {}
  const free = { writable: true, enumerable: true, configurable: true };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(Defined, name, { ...free, value });
  nameClass(Defined, facts);
  return Defined;
}

/** A class under another name that configs may have for it. */
export function alias(className: string, cls: RevivableClass): RevivableClass {
  const { module, registeredName, fields } = cls;
  return { className, module, registeredName, fields, fromConfig: (config) => cls.fromConfig(config) };
}
