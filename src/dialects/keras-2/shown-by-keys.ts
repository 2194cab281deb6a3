import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";
import type { Dialect } from "../version.ts";
import { type Fielded, older } from "../walk.ts";

/** The versions that configs are taken for: the last whose initializers name no module, and the last that names them. */
const [nameless, named]: readonly Dialect[] = [209, 215];

/**
 * Whether a config that does not say its version, as one that was put together of another, is of Keras 2: it has keys that Keras 3
 * does not know, or an axis in a list, and none as Keras 2 means it.
 */
export function shownByKeys(config: JsonObject, cls: Fielded): Dialect | null {
  const { fields } = cls;
  const dialect = Object.values(config).some(isNamed) ? named! : nameless!;
  const newest = older.walks?.configs.up({ ...config }, cls, dialect);
  if (!newest || Object.keys(newest).some((key) => !Object.hasOwn(fields, key))) return null;
  const isOld = (key: string) =>
    !Object.hasOwn(fields, key) || (Array.isArray(config[key]) && !Array.isArray(newest[key]));
  return Object.keys(config).some(isOld) ? dialect : null;
}

function isNamed(value: JsonValue | undefined): boolean {
  return isDict(value) && Object.hasOwn(value, "registered_name");
}
