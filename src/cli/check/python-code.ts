import type { JsonObject, JsonValue } from "../../json/json.ts";
import { joinPath } from "../../json/path.ts";

/** Where a config holds the bytes of Python functions, as a Lambda layer's may. */
export function pythonCodeIn(config: JsonValue): string[] {
  const found: string[] = [];
  const pending: { readonly path: string; readonly value: JsonValue }[] = [{ path: "config", value: config }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, value } = next;
    if (typeof value !== "object" || value === null) continue;
    if ((value as JsonObject).class_name === "__lambda__") found.push(path);
    const items = Object.entries(value as JsonObject).map(([key, item]) => ({
      path: joinPath(path, Array.isArray(value) ? Number(key) : key),
      value: item,
    }));
    for (const item of items.reverse()) pending.push(item);
  }
  return found;
}
