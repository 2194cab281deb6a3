import type { CeratopsError } from "../errors.ts";
import { attachment } from "../json/attachment.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { copyMarks, isFloat, markFloat } from "../json/marks.ts";
import { quote } from "../json/quote.ts";
import { runOutside } from "../program/calling.ts";
import type { Configurable } from "../registry/configurable.ts";
import { withReading } from "../registry/deserialize.ts";
import { givenArguments } from "../registry/given-arguments.ts";
import { ownClassOf } from "../registry/own-class.ts";
import { differences } from "./alike.ts";
import { stateOf } from "./made-state.ts";
import { keepingNames } from "./naming.ts";
import { isDict } from "./nested.ts";

/** An object that can say what is wrong with it. */
type Recorded = Configurable & { problem(message: string): CeratopsError };

type Class = Configurable["constructor"];

const NONE: JsonObject = {};

/** An object of each class that was made of a config alone: of one like it there is nothing to record. */
const plainOnes = /* @__PURE__ */ attachment<Configurable>();

/** The classes of which an object is being made only to look at it. */
const trying = /* @__PURE__ */ new Set<Class>();

/**
 * The config of an object with what its constructor was given, which Keras records in `__new__`. JavaScript shows a
 * constructor's arguments to nobody, so they are found by trial: what an object made of the plain config has otherwise
 * is given as an option of the same name. Where that makes an object like this one, those are the arguments; where it
 * does not, one would be lost, and that is an error.
 */
export function withOwnArguments(object: Recorded, config: JsonObject): JsonObject {
  const cls = object.constructor;
  const { leavesArguments, hidesState } = ownClassOf(cls);
  if (!leavesArguments || trying.has(cls)) return config;
  const given = givenArguments(object);
  if (given) return withArguments(config, copyJson(given));
  if (hidesState) throw lost(object, "it may be in a private field");
  const plain = plainOnes.get(cls);
  if (plain && differences(object, plain).length === 0) return config;
  return search(object, config);
}

function search(object: Recorded, config: JsonObject): JsonObject {
  let reason = "";
  const differingWith = (options: JsonObject): PropertyKey[] | null => {
    try {
      const made = make(object.constructor, copyJson(withArguments(config, options)));
      const found = made.constructor === object.constructor ? differences(object, made) : ["constructor"];
      if (found.length === 0 && options === NONE) plainOnes.set(object.constructor, made);
      return found;
    } catch (error) {
      reason ||= (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
      return null;
    }
  };
  let options = NONE;
  let differing = differingWith(options);
  const candidates = plainState(object, config).filter(([key]) => differing?.includes(key) ?? true);
  // One after another, then all together: what is worked out from an argument need not be given.
  for (const more of [...candidates.map((one) => [one]), candidates]) {
    if (differing?.length === 0) break;
    const next = { ...options, ...Object.fromEntries(more) };
    const left = differingWith(next);
    if (!left || (differing && left.length >= differing.length)) continue;
    options = next;
    differing = left;
  }
  if (!differing) throw lost(object, `it cannot be made of its config (${reason})`);
  if (differing.length === 0) return withArguments(config, copyJson(options));
  throw lost(object, `made of its config it has another ${quote(String(differing[0]))}`);
}

/** Makes an object that nobody else sees: no name is used up, and no config that is being read is concerned. */
function make(cls: Class, config: JsonObject): Configurable {
  trying.add(cls);
  try {
    return keepingNames(() => runOutside(null, () => withReading({}, () => cls.fromConfig(config))));
  } finally {
    trying.delete(cls);
  }
}

/** The properties that a config could have, beside those that it has. */
function plainState(object: Configurable, config: JsonObject): [string, JsonValue][] {
  const { fields } = object.constructor;
  return [...stateOf(object)].filter(
    (entry): entry is [string, JsonValue] =>
      typeof entry[0] === "string" && !(entry[0] in fields || entry[0] in config) && isPlain(entry[1]),
  );
}

/** Whether a value can be in a config as it is. */
function isPlain(value: unknown, depth = 0): value is JsonValue {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  if (depth > 100 || !(Array.isArray(value) || isDict(value))) return false;
  return Object.values(value).every((item) => isPlain(item, depth + 1));
}

/** A config with arguments where Keras has them: behind the name. */
function withArguments(config: JsonObject, options: JsonObject): JsonObject {
  const entries = Object.entries(config);
  const start = entries.findIndex(([key]) => key === "name") + 1;
  const result = Object.fromEntries([
    ...entries.slice(0, start),
    ...Object.entries(options),
    ...entries.slice(start),
  ]);
  copyMarks(config, result);
  for (const key in options) if (isFloat(options, key)) markFloat(result, key);
  return result;
}

function lost(object: Recorded, why: string): CeratopsError {
  return object.problem(
    `expected ${object.constructor.className} to define getConfig(), because an argument of its constructor would be lost: ${why}.`,
  );
}
