/** What a class is called in configs. */
export interface ClassName {
  readonly className: string;
  readonly module: string | null;
  readonly registeredName: string | null;
}

/**
 * Whether a class is the one that `base` was made for: `Dense` for the base that `kerasLayer("Dense", …)` gives. A
 * class between the two owns `isBase`; one further down is somebody's own.
 */
function isMadeFor(cls: object, base: object): boolean {
  if (cls === base) return true;
  const parent = Object.getPrototypeOf(cls) as object | null;
  if (parent === null || parent === base) return parent !== null;
  return Object.hasOwn(parent, "isBase") && isMadeFor(parent, base);
}

/**
 * Names the class that `base` is made for. A subclass of that has its own name and no module, as Python's classes do:
 * `class Mine extends Dense {}` is `Mine`.
 */
export function nameClass(base: object, { className, module, registeredName }: ClassName): void {
  type Named = ClassName & { readonly name: string };
  define(base, "className", className, (cls: Named) => cls.name);
  define(base, "module", module, () => null);
  define(base, "registeredName", registeredName, (cls: Named) => cls.className);
}

/**
 * A static of the class that `base` is made for, and what `other` gives of those below, which may have their own, also by
 * assignment.
 */
function define<T extends object>(
  base: object,
  key: string,
  own: string | null,
  other: (cls: T) => string | null,
): void {
  Object.defineProperty(base, key, {
    get(this: T): string | null {
      return isMadeFor(this, base) ? own : other(this);
    },
    set(this: T, value: unknown): void {
      Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
    },
    configurable: true,
  });
}
