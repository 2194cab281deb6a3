import type { ConfigurableClass } from "../fields/configurable.ts";
import { attachment } from "../json/attachment.ts";
import { copyEntry } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { keysOf } from "../json/marks.ts";
import { ownClassOf } from "./own-class.ts";

const given = /* @__PURE__ */ attachment<JsonObject>();

/** What an object's constructor was given in a config beside its fields; undefined where it was made otherwise. */
export function givenArguments(object: object): JsonObject | undefined {
  return given.get(object);
}

/** Makes an object of a class by giving its constructor a config, of which it remembers what no field says. */
export function makeOf<T extends object>(cls: object, config: JsonObject, make: () => T): T {
  if (!ownClassOf(cls).leavesArguments) return make();
  const { fields } = cls as ConfigurableClass;
  const others: JsonObject = {};
  for (const key of keysOf(config)) if (!Object.hasOwn(fields, key)) copyEntry(config, others, key);
  const object = make();
  given.set(object, others);
  return object;
}
