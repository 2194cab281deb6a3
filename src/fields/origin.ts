import type { ReadNames } from "../dialects/notes.ts";
import type { Dialect } from "../dialects/version.ts";
import { attachment } from "../json/attachment.ts";
import type { JsonObject } from "../json/json.ts";
import { entriesOf } from "./entries.ts";
import type { Fields } from "./field.ts";

/** How an object was written in the config it came from: unchanged values are written back as they were. */
export interface Origin {
  readonly config: JsonObject;
  /** What the config gave, in the order of the fields; {@link CHANGED} where the object has something else since. */
  readonly values: readonly unknown[];
  readonly dialect: Dialect;
  /** What it is in the newest dialect, where its own has other keys. */
  readonly newest?: JsonObject | undefined;
}

/** Stands for a value that is not the config's any more. */
export const CHANGED: unique symbol = Symbol("changed");

const origins = /* @__PURE__ */ attachment<Origin>();
/** The same of objects whose config is not kept, such as models. */
const dialects = /* @__PURE__ */ attachment<Dialect>();

/** The configs of graphs of an older dialect: a graph does not change, so its calls are written as they stood. */
const graphTexts = /* @__PURE__ */ attachment<readonly [text: JsonObject, isCopied: boolean]>();

export function graphTextOf(object: object): JsonObject | undefined {
  return graphTexts.get(object)?.[0];
}

/** Whether it is the text of another graph, that one was copied from: objects that are shared there are not here. */
export function isCopiedGraph(object: object): boolean {
  return graphTexts.get(object)?.[1] ?? false;
}

export function setGraphText(object: object, config: JsonObject, isCopied = false): void {
  graphTexts.set(object, [config, isCopied]);
}

/** What the classes of objects are called in the file that they came from. */
const names = /* @__PURE__ */ attachment<ReadNames>();

/** What a file calls the class of an object; undefined where it is what the class itself says. */
export function readNamesOf(object: object): ReadNames | undefined {
  return names.get(object);
}

export function setReadNames(object: object, read: ReadNames): void {
  names.set(object, read);
}

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

/** Whether an object's config leaves out a key. */
export function leavesOut(object: object, key: string): boolean {
  const origin = origins.get(object);
  return origin !== undefined && !Object.hasOwn(origin.newest ?? origin.config, key);
}

/** Says that a value of an object stands for a key that its config leaves out. */
export function rememberUnsaid(object: object, fields: Fields, key: string, value: unknown): void {
  const origin = origins.get(object);
  if (!origin) return;
  const at = entriesOf(fields).findIndex((entry) => entry.key === key);
  if (at < 0) return;
  origins.set(object, { ...origin, values: origin.values.with(at, value) });
}
