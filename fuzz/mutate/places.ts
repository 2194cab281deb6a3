import type { Plain } from "../reader.ts";

export type Container = Plain[] | { [key: string]: Plain };

/** A member of an object or list somewhere in a value. */
export interface Place {
  readonly container: Container;
  readonly key: string;
}

/** All members of a value and of what is in it, from the outside in. */
export function placesIn(value: Plain): Place[] {
  const found: Place[] = [];
  const pending: Plain[] = [value];
  for (let next = pending.pop(); next !== undefined || pending.length > 0; next = pending.pop()) {
    if (!isContainer(next)) continue;
    for (const key of Object.keys(next)) {
      found.push({ container: next, key });
      pending.push(valueAt({ container: next, key }));
    }
  }
  return found;
}

export function isContainer(value: Plain): value is Container {
  return typeof value === "object" && value !== null;
}

export function valueAt({ container, key }: Place): Plain {
  return (container as { [key: string]: Plain })[key];
}

/** Sets a member, one called `__proto__` too. */
export function setAt({ container, key }: Place, value: Plain): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

export function removeAt({ container, key }: Place): void {
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
}

/** A copy of a value, however deep it is. */
export function copyOf<T extends Plain>(value: T): T {
  const whole: Plain[] = [value];
  const pending: Place[] = [{ container: whole, key: "0" }];
  for (let place = pending.pop(); place; place = pending.pop()) {
    const old = valueAt(place);
    if (!isContainer(old)) continue;
    const copy: Container = Array.isArray(old) ? [] : {};
    setAt(place, copy);
    for (const key of Object.keys(old)) {
      setAt({ container: copy, key }, valueAt({ container: old, key }));
      pending.push({ container: copy, key });
    }
  }
  return whole[0] as T;
}
