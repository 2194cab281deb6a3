import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { type Dialect, formatDialect, isOlder } from "../version.ts";

/** What becomes of an object's envelope in a dialect that may no longer have its class. */
export type End = (envelope: JsonObject, dialect: Dialect, lacks: Lacks) => JsonObject;

/** The end of what nothing in Keras 3 stands for, which is said with this help, and with the name of the object if it has one. */
export function ended(help: string, what?: string): End {
  return (envelope, dialect, lacks) => {
    if (isOlder(dialect)) return envelope;
    const { class_name: className, config } = envelope;
    const isNamed = isDict(config) && typeof config.name === "string";
    const received = `received ${what ?? className}, which ended with Keras 2. ${help}`;
    lacks.say(
      isNamed ? `layer ${quote(String(config.name))}` : "",
      `expected a layer that Keras ${formatDialect(dialect)} has, ${received}`,
    );
    return envelope;
  };
}

/** The end of what another class of Keras 3 stands for. */
export function becomes(other: (envelope: JsonObject) => JsonObject): End {
  return (envelope, dialect) => (isOlder(dialect) ? envelope : other(envelope));
}
