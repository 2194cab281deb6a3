import type { Kind } from "../fields/kinds.ts";
import type { Problems } from "../fields/problems.ts";
import { currentReading, readingPart } from "../fields/reading.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { deserializeOwned, gathering } from "./deserialize.ts";
import { serialize } from "./serialize.ts";

/** The JSON Schema of an envelope. */
export const ENVELOPE = { type: "object", required: ["class_name", "config"] };

export function isEnvelope(input: unknown): input is JsonObject {
  return typeof input === "object" && input !== null && "class_name" in input;
}

/** What an envelope stands for, in the scope there is; anything else as it is. */
export function readEnvelope(input: unknown, problems: Problems, wanted?: "layer"): unknown {
  if (!isEnvelope(input)) return input;
  return deserializePart(currentReading() ? input : copyJson(input), problems, wanted);
}

/** Reads a value that nobody else holds in the scope there is, or without one; `at` says where it stands. */
export function deserializePart(json: unknown, at: Problems, wanted?: "layer"): unknown {
  const scope = currentReading();
  if (!scope) return deserializeOwned(json, { path: at.path });
  return readingPart(
    () => at.path,
    () => scope.resolver.deserialize(json, wanted),
  );
}

/** The kind of the fields that hold an object, given as it is or as its envelope; `is` tells whether it is one. */
export function objectKind<T>(
  kind: string,
  expected: string,
  is: (found: unknown) => found is T,
  wanted?: "layer",
): Kind<T | Readonly<JsonObject>, T> {
  return {
    kind,
    expected,
    schema: ENVELOPE,
    parse(input, problems) {
      const before = problems.issues.length;
      const found = gathering(problems.issues, () => readEnvelope(input, problems, wanted));
      if (problems.issues.length > before) return undefined as never;
      return is(found) ? found : problems.expected(expected, input);
    },
    toJson: serialize,
  };
}
