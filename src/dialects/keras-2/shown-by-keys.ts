import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";
import type { Dialect } from "../version.ts";
import { type Fielded, older } from "../walk.ts";

/** What configs are taken for whose envelopes name no module: the last version that named none. */
const NAMELESS: Dialect = 211;
/** And all others: the last of Keras 2. */
const LAST: Dialect = 215;

/**
 * The version of Keras 2 that a layer's config shows by its keys, where it does not say its version, as one that was put together
 * of others; null where it shows none, or is a config of Keras 3.
 */
export function shownByKeys(config: JsonObject, cls: Fielded): Dialect | null {
  const { className, fields } = cls;
  if (showsKeras3(config) || !isOfLayer(cls)) return null;
  const values = Object.values(config);
  if (values.some(isNamelessLayer)) return NAMELESS;
  const dialect = values.some(isNamed) ? LAST : NAMELESS;
  const newest = older.walks?.configs.up({ ...config }, cls, dialect);
  const isKnown = (key: string) => Object.hasOwn(fields, key);
  if (!newest || !Object.keys(newest).every(isKnown)) return null;
  // Keras 3 has one axis there, and may have a list in other classes.
  const hasList = className === "BatchNormalization" && Array.isArray(config.axis);
  return hasList || !Object.keys(config).every(isKnown) ? dialect : null;
}

/** Whether a config has a dtype policy as Keras 3 alone writes it. */
export function showsKeras3({ dtype }: JsonObject): boolean {
  return isDict(dtype) && /DTypePolicy/.test(String(dtype.class_name));
}

/** Whether a class is one of layers, as far as its name says it. */
export function isOfLayer({ module }: Fielded): boolean {
  return module === "keras.layers" || module === null;
}

function isNamed(value: JsonValue | undefined): boolean {
  return isDict(value) && Object.hasOwn(value, "registered_name");
}

/** A layer in a layer, such as that of a Bidirectional. */
function isNamelessLayer(value: JsonValue | undefined): boolean {
  if (!isDict(value) || !isDict(value.config) || Object.hasOwn(value, "module")) return false;
  return Object.hasOwn(value.config, "trainable") && Object.hasOwn(value.config, "dtype");
}
