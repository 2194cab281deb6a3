import type { JsonObject } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";

/** Moves a key behind `dtype`: Keras's base layer writes it there when it is not null. */
export function afterDtype(config: JsonObject, moved: string): JsonObject {
  const { [moved]: value = null, ...others } = config;
  const entries = Object.entries(others);
  const at = entries.findIndex(([key]) => key === "dtype") + 1;
  entries.splice(at, 0, [moved, value]);
  const ordered = Object.fromEntries(entries);
  copyMarks(config, ordered);
  return ordered;
}
