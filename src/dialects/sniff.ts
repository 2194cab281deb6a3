import { DEFAULT_DIALECT, type Dialect } from "../fields/dialect.ts";
import { isDict } from "../graph/nested.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";

/** What only newer versions write, newest first: a key anywhere in the config of a class. */
const signs: readonly (readonly [since: Dialect, key: string, classes: RegExp])[] = [
  [315, "input_axes", /./],
  [314, "renorm", /^BatchNormalization$/],
  [313, "quantization_config", /./],
  [313, "optional", /^InputLayer$/],
  [309, "ragged", /^InputLayer$/],
];

/**
 * The Keras version that wrote a config which does not say: the newest whose signs are in it; 3.6 where there are
 * none. A text of `to_json()` has no version.
 */
export function sniffDialect(config: JsonValue): Dialect {
  let found: Dialect = DEFAULT_DIALECT;
  const pending: object[] = [Object(config)];
  while (pending.length > 0) {
    const value = pending.pop()! as Readonly<Record<string, unknown>>;
    if (!Array.isArray(value)) found = Math.max(found, signOf(value as JsonObject));
    for (const key in value) {
      const item = value[key];
      if (typeof item === "object" && item !== null && key !== "inbound_nodes") pending.push(item);
    }
  }
  return found;
}

function signOf({ class_name: className, config, input_layers: inputs }: JsonObject): Dialect {
  if (Array.isArray(inputs) && typeof inputs[0] === "string") return 311;
  if (typeof className !== "string" || !isDict(config)) return 0;
  const sign = signs.find(([, key, classes]) => Object.hasOwn(config, key) && classes.test(className));
  return sign ? sign[0] : 0;
}
