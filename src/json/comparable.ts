import type { JsonValue } from "./json.ts";

/** A JSON value as a text to compare by: JavaScript's own writer knows no large integers. */
export function comparable(json: JsonValue): string {
  return JSON.stringify(json, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}
