import { ConfigError } from "../../errors.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import { type Dialect, formatDialect, isOlder } from "../version.ts";

/** What becomes of an object's envelope in a dialect that may no longer have its class. */
export type End = (envelope: JsonObject, dialect: Dialect) => JsonObject;

/** The end of what nothing in Keras 3 stands for: a `ConfigError` that names the object, with this help. */
export function ended(help: string, what?: string): End {
  return (envelope, dialect) => {
    if (isOlder(dialect)) return envelope;
    const { class_name: className, config } = envelope;
    const name = isDict(config) && typeof config.name === "string" ? ` ${quote(config.name)}` : "";
    const received = `received ${what ?? className}, which ended with Keras 2. ${help}`;
    throw new ConfigError(
      `layer${name}`,
      `expected a layer that Keras ${formatDialect(dialect)} has, ${received}`,
    );
  };
}

/** The end of what another class of Keras 3 stands for. */
export function becomes(other: (envelope: JsonObject) => JsonObject): End {
  return (envelope, dialect) => (isOlder(dialect) ? envelope : other(envelope));
}
