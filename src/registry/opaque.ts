import { ModelError } from "../errors.ts";
import { keyLeftOut } from "../fields/writing.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { toWire, type Wired } from "./literals.ts";

/** An object of a class that nobody here knows, kept whole: it is written back as it was, and cannot run. */
export class OpaqueObject implements Wired {
  readonly envelope: JsonObject;

  constructor(envelope: JsonObject) {
    this.envelope = envelope;
  }

  [toWire](): JsonValue {
    return copyJson(this.envelope, keyLeftOut());
  }

  /** The error for whoever needs it to do something. */
  unusable(path: string): ModelError {
    return new ModelError(
      path,
      `expected a known class or function, received ${JSON.stringify(nameIn(this.envelope))}, which this program has no code for. Pass it in customObjects.`,
    );
  }
}

/** What an envelope is called, for messages. */
export function nameIn(envelope: JsonObject): string {
  const { class_name, config } = envelope;
  if (class_name === "function" && typeof config === "string") return config;
  return String(class_name ?? "object");
}
