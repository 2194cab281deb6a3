import { isContainer, valueAt } from "./mutate/places.ts";
import type { Plain } from "./reader.ts";

/** Whether two values are made of the same parts, in the same order. */
export function isSame(a: Plain, b: Plain): boolean {
  const pending: [Plain, Plain][] = [[a, b]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [one, two] = next;
    if (Object.is(one, two)) continue;
    if (!isContainer(one) || !isContainer(two) || Array.isArray(one) !== Array.isArray(two)) return false;
    const keys = Object.keys(one);
    const others = Object.keys(two);
    if (keys.length !== others.length || keys.some((key, i) => key !== others[i])) return false;
    for (const key of keys)
      pending.push([valueAt({ container: one, key }), valueAt({ container: two, key })]);
  }
  return true;
}
