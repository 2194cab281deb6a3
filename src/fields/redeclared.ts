import { ConfigError } from "../errors.ts";
import { attachment } from "../json/attachment.ts";

/** An object whose values are guarded: its keys, by property. */
interface Guarded {
  readonly object: object;
  readonly keys: ReadonlyMap<string, string>;
}

/** By class, its first objects, as long as nothing is known of the class. */
const first = /* @__PURE__ */ attachment<readonly Guarded[] | undefined>();
/** More than one, because the constructor of a base may have failed before the first had its class fields. */
const mostGuarded = 2;
/** Classes that were found to redeclare nothing. */
const sound = /* @__PURE__ */ attachment<true>();

/**
 * Guards the values of the first objects of a class: an initialized class field of a key's name, such as `units = 7` in
 * a subclass of Dense, would wipe what the config gives without a word, because it is set after the constructor of the
 * base. Values stand behind accessors until an object of the class is first used; a class field turns its accessor into
 * a value. What the first objects show holds for all.
 */
export function guardFields(
  object: object,
  cls: { readonly module: string | null },
  keys: Iterable<{ readonly key: string; readonly property: string }>,
): void {
  if (sound.get(cls)) return;
  if (isOfKeras(cls)) {
    sound.set(cls, true);
    return;
  }
  const guarded = first.get(cls) ?? [];
  if (guarded.length === mostGuarded) return;
  const found = new Map<string, string>();
  for (const { key, property } of keys) {
    const own = Object.getOwnPropertyDescriptor(object, property);
    if (!own?.configurable || !("value" in own)) continue;
    let { value } = own;
    const set = (next: unknown) => {
      value = next;
    };
    Object.defineProperty(object, property, { get: () => value, set, enumerable: true, configurable: true });
    found.set(property, key);
  }
  first.set(cls, [...guarded, { object, keys: found }]);
}

/**
 * Whether a class is one of Keras, which have no class fields, and whose objects guards would make slow for ever. A module
 * that is no getter is handed on to subclasses.
 */
function isOfKeras(cls: { readonly module: string | null }): boolean {
  if (!cls.module?.startsWith("keras")) return false;
  let at: object = cls;
  while (!Object.hasOwn(at, "module")) at = Object.getPrototypeOf(at);
  return at === cls || Object.getOwnPropertyDescriptor(at, "module")?.get !== undefined;
}

/** Throws where a class field takes the place of a value from the config; takes the guards away where none does. */
export function checkRedeclared(cls: { readonly className: string }): void {
  const guarded = first.get(cls);
  if (!guarded) return;
  for (const { object, keys } of guarded) {
    for (const [property, key] of keys) {
      const own = Object.getOwnPropertyDescriptor(object, property);
      if (!own || !("value" in own)) continue;
      throw new ConfigError(
        `${cls.className}.${key}`,
        `expected no class field of this name, received one with a value: it wipes what the options gave. Write "declare ${property}", or set it in the constructor.`,
      );
    }
  }
  sound.set(cls, true);
  first.set(cls, undefined);
  for (const { object, keys } of guarded) release(object, keys);
}

function release(object: object, keys: ReadonlyMap<string, string>): void {
  const own = object as Record<string, unknown>;
  for (const property of keys.keys()) {
    const value = own[property];
    Object.defineProperty(object, property, { value, writable: true, enumerable: true, configurable: true });
  }
}
