import { type ConfigurableClass, rememberConfig } from "../fields/configurable.ts";
import { originOf } from "../fields/origin.ts";
import { attachment } from "../json/attachment.ts";
import { copyEntry } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { isMarked, keysOf } from "../json/marks.ts";
import { ownClassOf } from "./own-class.ts";

const given = /* @__PURE__ */ attachment<JsonObject>();

/** What an object's constructor was given in a config beside its fields; undefined where it was made otherwise. */
export function givenArguments(object: object): JsonObject | undefined {
  return given.get(object);
}

/**
 * Makes an object of a class by giving its constructor a config, of which it remembers what no field says. Where the
 * constructor gave its base something else than the config, the object stands for the config all the same.
 */
export function makeOf<T extends object>(cls: object, config: JsonObject, make: () => T): T {
  const object = makeWith(cls, config, make);
  if (isMarked(config) && originOf(object) === undefined && object.constructor === cls)
    rememberConfig(object, cls as ConfigurableClass, config);
  return object;
}

function makeWith<T extends object>(cls: object, config: JsonObject, make: () => T): T {
  if (!ownClassOf(cls).leavesArguments) return make();
  const { fields } = cls as ConfigurableClass;
  const others: JsonObject = {};
  for (const key of keysOf(config)) if (!Object.hasOwn(fields, key)) copyEntry(config, others, key);
  const object = make();
  given.set(object, others);
  return object;
}
