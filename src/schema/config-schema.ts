import { askedDialect, type Dialect, NEWEST_DIALECT } from "../dialects/version.ts";
import { ConfigError } from "../errors.ts";
import { type Entry, entriesOf } from "../fields/entries.ts";
import type { Fields } from "../fields/field.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";

/** A class whose config is described. */
export interface Described {
  readonly className: string;
  readonly fields: Fields;
}

/** What {@link configSchema} takes. */
export interface SchemaOptions {
  /** The Keras version whose keys are described. Defaults to the newest that is known. */
  readonly keras?: Dialect | string | null | undefined;
}

/**
 * The JSON Schema (2020-12) of the config of a class, made of its fields: which keys there are in a version of Keras, which
 * must be given, what they may be. Where a value does not fit, a validator names the key that errors here name.
 *
 * @example
 * const { required } = configSchema(Dense); // ["units"]
 */
export function configSchema(cls: Described, options: SchemaOptions = {}): JsonObject {
  checkOptions("configSchema", options, { keras: true });
  if (typeof cls?.className !== "string" || typeof cls.fields !== "object")
    throw new ConfigError("configSchema", `expected a class with fields, received ${inspect(cls)}.`);
  const dialect = options.keras == null ? NEWEST_DIALECT : askedDialect("configSchema.keras", options.keras);
  const entries = entriesOf(cls.fields).filter(({ since, until }) => since <= dialect && dialect < until);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: cls.className,
    type: "object",
    properties: Object.fromEntries(entries.map((entry) => [entry.key, propertyOf(entry)])),
    required: entries.flatMap(({ key, field }) => (field.required ? [key] : [])),
    additionalProperties: false,
  };
}

function propertyOf({ field }: Entry): JsonValue {
  const { schema, required, default: byDefault } = field;
  if (required || !isJson(byDefault) || schema === true) return schema;
  return typeof schema === "object" && schema !== null && !Array.isArray(schema)
    ? { ...schema, default: byDefault }
    : schema;
}

function isJson(value: unknown): value is JsonValue {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  return Array.isArray(value) && value.every(isJson);
}
