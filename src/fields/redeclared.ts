import { ConfigError } from "../errors.ts";
import { attachment } from "../json/attachment.ts";

/** The keys of an object whose values are guarded until it is first used, by property. */
const guarded = /* @__PURE__ */ attachment<ReadonlyMap<string, string> | undefined>();
/** Classes that were found to redeclare nothing. */
const sound = /* @__PURE__ */ attachment<true>();

/**
 * Guards the values of the first objects of a class: an initialized class field of a key's name, such as `units = 7` in
 * a subclass of Dense, would wipe what the config gives without a word, because it is set after the constructor of the
 * base. Values stand behind accessors until the object is first used; a class field turns its accessor into a value.
 */
export function guardFields(
  object: object,
  cls: object,
  keys: Iterable<{ readonly key: string; readonly property: string }>,
): void {
  if (sound.get(cls)) return;
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
  guarded.set(object, found);
}

/** Throws where a class field took the place of a value from the config; takes the guards away where none did. */
export function checkRedeclared(object: object, cls: { readonly className: string }): void {
  const keys = guarded.get(object);
  if (!keys) return;
  for (const [property, key] of sound.get(cls) ? [] : keys) {
    const own = Object.getOwnPropertyDescriptor(object, property);
    if (!own || !("value" in own)) continue;
    throw new ConfigError(
      `${cls.className}.${key}`,
      `expected no class field of this name, received one with a value: it wipes what the options gave. Write "declare ${property}", or set it in the constructor.`,
    );
  }
  sound.set(cls, true);
  release(object, keys);
}

/** Puts values back in place of accessors. */
function release(object: object, keys: ReadonlyMap<string, string>): void {
  const own = object as Record<string, unknown>;
  for (const property of keys.keys()) {
    const value = own[property];
    Object.defineProperty(object, property, { value, writable: true, enumerable: true, configurable: true });
  }
  guarded.set(object, undefined);
}
