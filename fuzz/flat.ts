import { type Container, isContainer, setAt, valueAt } from "./mutate/places.ts";
import type { Input, Plain } from "./reader.ts";

/** A value without depth, which can be sent: its parts, each before what is in it. */
export type Flat = readonly Part[];

type Part =
  | { readonly leaf: Input }
  | { readonly isList: boolean; readonly keys: readonly string[]; readonly parts: readonly number[] };

export function flatten(input: Input): Flat {
  if (input instanceof Uint8Array) return [{ leaf: input }];
  const values: Plain[] = [input];
  const flat: Part[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!isContainer(value)) {
      flat.push({ leaf: value });
      continue;
    }
    const keys = Object.keys(value);
    flat.push({ isList: Array.isArray(value), keys, parts: keys.map((_, n) => values.length + n) });
    for (const key of keys) values.push(valueAt({ container: value, key }));
  }
  return flat;
}

export function unflatten(flat: Flat): Input {
  const values = flat.map((part): Input => ("leaf" in part ? part.leaf : part.isList ? [] : {}));
  for (const [i, part] of flat.entries()) {
    if ("leaf" in part) continue;
    const container = values[i] as Container;
    for (const [n, key] of part.keys.entries()) setAt({ container, key }, values[part.parts[n]!] as Plain);
  }
  return values[0];
}
