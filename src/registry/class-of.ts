import type { Fields } from "../fields/field.ts";
import { Configurable, type Constructor } from "./configurable.ts";
import { nameClass } from "./own-name.ts";
import type { RevivableClass } from "./registry.ts";

/** How a class is known in configs. */
export interface ClassSettings {
  /** The package of a custom class: it is registered as `package>name`. */
  readonly package?: string;
  /** The module of a class of Keras. */
  readonly module?: string;
}

/**
 * A function that gives the base of a class with a name and fields, for the class that defines what it does; `settings`
 * are those of classes that have none of their own.
 */
export function definer<Base extends Configurable>(
  base: abstract new (...args: never[]) => Base,
  settings: ClassSettings = {},
) {
  return <const F extends Fields>(className: string, fields: F, own = settings): Constructor<F, Base> =>
    classOf(base, className, fields, own);
}

/** A base class with a name and fields. */
export function classOf<const F extends Fields, Base extends Configurable>(
  base: abstract new (...args: never[]) => Base,
  className: string,
  fields: F,
  settings: ClassSettings,
): Constructor<F, Base> {
  const registered = settings.package === undefined ? className : `${settings.package}>${className}`;
  class Defined extends (base as unknown as typeof Plain) {
    static {
      const { module = null } = settings;
      nameClass(this, { className, module, registeredName: module === null ? registered : null });
    }
    static override readonly fields: Fields = fields;
  }
  return Defined as unknown as Constructor<F, Base>;
}

declare class Plain extends Configurable {}

/** A class under another name that configs may have for it. */
export function alias(className: string, cls: RevivableClass): RevivableClass {
  const { module, registeredName, fields } = cls;
  return { className, module, registeredName, fields, fromConfig: (config) => cls.fromConfig(config) };
}
