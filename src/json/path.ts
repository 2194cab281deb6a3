import { quote } from "./quote.ts";

const IDENTIFIER = /^[A-Za-z_$][\w$]{0,79}$/;

/**
 * Appends a key or an index to a path: `config.layers[4].kernel_size`; a key that is no identifier becomes
 * `["a b"]`.
 */
export function joinPath(base: string, key: string | number): string {
  if (typeof key === "number") return `${base}[${key}]`;
  if (!isIdentifier(key)) return `${base}[${quote(key)}]`;
  return base === "" ? key : `${base}.${key}`;
}

/** Whether a key needs no quotes in a path or an object. */
export function isIdentifier(key: string): boolean {
  return IDENTIFIER.test(key);
}
