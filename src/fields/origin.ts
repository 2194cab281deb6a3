import type { Dialect } from "../dialects/version.ts";
import { attachment } from "../json/attachment.ts";
import type { JsonObject } from "../json/json.ts";

/** How an object was written in the config it came from: unchanged values are written back as they were. */
export interface Origin {
  readonly config: JsonObject;
  /** What the config gave, in the order of the fields; {@link CHANGED} where the object has something else since. */
  readonly values: readonly unknown[];
  readonly dialect: Dialect;
}

/** Stands for a value that is not the config's any more. */
export const CHANGED: unique symbol = Symbol("changed");

const origins = /* @__PURE__ */ attachment<Origin>();
/** The same of objects whose config is not kept, such as models. */
const dialects = /* @__PURE__ */ attachment<Dialect>();

export function originOf(object: object): Origin | undefined {
  return origins.get(object);
}

export function setOrigin(object: object, origin: Origin): void {
  origins.set(object, origin);
}

/** The Keras version an object's config came from; null for one made here. */
export function dialectOf(object: object): Dialect | null {
  return origins.get(object)?.dialect ?? dialects.get(object) ?? null;
}

/** Says which Keras version an object is of, where the config it came from is not kept. */
export function setDialect(object: object, dialect: Dialect): void {
  if (origins.get(object)?.dialect !== dialect) dialects.set(object, dialect);
}
