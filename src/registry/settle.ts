import { behaviourOf } from "../dialects/behaviour.ts";
import type { Named } from "../dialects/change.ts";
import type { Dialect } from "../dialects/version.ts";
import {
  dialectOf,
  graphTextOf,
  originOf,
  readNamesOf,
  setDialect,
  setGraphText,
  setReadNames,
} from "../fields/origin.ts";

/** Says which Keras an object's config came from: the object speaks its dialect, and computes as it does. */
export function settle<T>(object: T, dialect: Dialect): T {
  if (typeof object !== "object" || object === null) return object;
  if (dialectOf(object) === null) setDialect(object, dialect);
  const behaviour = behaviourOf(object.constructor as unknown as Named, dialectOf(object) ?? dialect);
  return behaviour ? Object.assign(object, behaviour) : object;
}

/** Whether an object was made from a config, and not with options. */
export function wasRead(object: object): boolean {
  return dialectOf(object) !== null;
}

/** What a file calls an original's class its copies are called too. */
export function takeNames(object: object, original: object): void {
  const names = object.constructor === original.constructor ? readNamesOf(original) : undefined;
  if (names && !readNamesOf(object)) setReadNames(object, names);
}

/** Says the same of a copy, or of what takes the place of another object. One whose config is kept knows it already. */
export function settleLike<T extends object>(object: T, original: object): T {
  takeNames(object, original);
  const text = object.constructor === original.constructor ? graphTextOf(original) : undefined;
  if (text && !graphTextOf(object)) setGraphText(object, text, true);
  const dialect = dialectOf(original);
  if (dialect === null) return object;
  if (originOf(object) === undefined) setDialect(object, dialect);
  return settle(object, dialect);
}
