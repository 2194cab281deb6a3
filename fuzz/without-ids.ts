import { parsePythonJson, stringifyPythonJson } from "../src/index.ts";
import { copyJson } from "../src/json/copy.ts";

/** The text of a config without the ids of shared objects, which belong to files. */
export function withoutIds(text: string): string {
  return stringifyPythonJson(copyJson(parsePythonJson(text), "shared_object_id"));
}
