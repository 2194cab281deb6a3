import { ConfigError } from "../../errors.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import { type Dialect, formatDialect } from "../version.ts";

/** The first version that has no class of those that say what becomes of them. */
const FIRST_WITHOUT: Dialect = 300;

/** Whether a dialect has none of the classes that ended. */
export function isWithoutEnded(dialect: Dialect): boolean {
  return dialect >= FIRST_WITHOUT;
}

/** What becomes of an object where its class has ended: another one, by its envelope, or an error with this help. */
export type End = string | ((envelope: JsonObject) => JsonObject);

/**
 * The envelope of an object as a dialect has it that may no longer have its class. Throws a `ConfigError` that names the
 * object where nothing there is the same.
 */
export function withoutEnded(
  envelope: JsonObject,
  { className, end }: { readonly className: string; readonly end?: End },
  dialect: Dialect,
): JsonObject {
  if (end === undefined || !isWithoutEnded(dialect)) return envelope;
  if (typeof end !== "string") return end(envelope);
  const { config } = envelope;
  const name = isDict(config) && typeof config.name === "string" ? ` ${quote(config.name)}` : "";
  const received = `received ${className}, which ended with Keras 2. ${end}`;
  throw new ConfigError(
    `layer${name}`,
    `expected a layer that Keras ${formatDialect(dialect)} has, ${received}`,
  );
}
