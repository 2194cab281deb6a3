import { setEntry } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";
import type { Lacks } from "./lacks.ts";
import type { Dialect } from "./version.ts";

/** A class as configs name it. */
export interface Named {
  readonly module: string | null;
  readonly className: string;
}

/** `keras.layers>Dense` */
export function nameOf({ module, className }: Named): string {
  return `${module}>${className}`;
}

/** What a class's module lies in: `keras.src.ops` of `keras.src.ops.numpy`. */
export function packageOf({ module }: Named): string {
  return module?.slice(0, module.lastIndexOf(".")) ?? "";
}

/** The class that an envelope names. */
export function namedIn({ module, class_name: name }: JsonObject): Named {
  return {
    module: typeof module === "string" ? module : null,
    className: typeof name === "string" ? name : "",
  };
}

/** How JSON of one kind differs on the two sides of a version. */
export interface Rule {
  /** What the version before wrote, as this one writes it. What is given is remembered, so it stays as it is. */
  readonly read?: (json: JsonObject, about: Named) => JsonObject;
  /** What this version writes, as the one before wrote it; says what that lacks. What is given may be changed. */
  readonly write?: (json: JsonObject, about: Named, lacks: Lacks) => JsonObject;
  /** Keys that objects still give and that this version no longer writes. */
  readonly ended?: readonly string[];
}

/** By class, `keras.layers>Dense`; by package, `keras.src.ops`, for all its classes; by `*` for all there are. */
export type Rules = Readonly<Record<string, Rule>>;

/** Properties that make an object compute otherwise. */
export type Behaviour = Readonly<Record<string, unknown>>;

/** What sets objects of a class apart from new ones where they came from files of a version; null where nothing does. */
export type BehaviourOf = (cls: Named, dialect: Dialect) => Behaviour | null;

/** What one version of Keras changed in its files: the step between the dialect before it and its own. */
export interface Change {
  readonly since: Dialect;
  /** What a class says of its objects. */
  readonly configs?: Rules;
  /** What stands around a config: module, class name, build and compile config. */
  readonly envelopes?: Rules;
  /** The config of a functional model, as a whole: its layers, their calls, its inputs and outputs. Not remembered. */
  readonly graphs?: Rules;
  /** By class: properties of objects from files of this version on, which compute otherwise than older ones. */
  readonly behaviour?: Readonly<Record<string, Behaviour>>;
  /** Whether a dict of a config has what no older version wrote. */
  readonly isSeenIn?: (json: JsonObject) => boolean;
  /** Whether the envelope of a model or layer has what only older versions wrote, and as of which of them such a model is read. */
  readonly before?: { readonly isSeenIn: (envelope: JsonObject) => boolean; readonly dialect: Dialect };
}

/** A config without some of its keys. */
export function without(config: JsonObject, dropped: readonly string[]): JsonObject {
  return picked(
    config,
    Object.keys(config).filter((key) => !dropped.includes(key)),
  );
}

/** A config's entries of these keys, in this order. */
export function picked(config: JsonObject, keys: readonly string[]): JsonObject {
  const result: JsonObject = {};
  for (const key of keys) if (Object.hasOwn(config, key)) setEntry(result, key, config[key]!);
  copyMarks(config, result);
  return result;
}

export function isDict(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
