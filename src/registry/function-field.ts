import { anyJson, type Kind } from "../fields/kinds.ts";
import type { Problems } from "../fields/problems.ts";
import { currentReading, runReading } from "../fields/reading.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { deserialize, gathering } from "./deserialize.ts";
import { OpaqueObject } from "./opaque.ts";
import type { AnyFunction } from "./registry.ts";
import { serialize } from "./serialize.ts";

/** A function of JavaScript, or one of Python that nobody here can run: kept to be written back. */
export type FunctionOrOpaque = AnyFunction | OpaqueObject;

/** What stands for a function: itself, or what a config has for it. */
export type FunctionLike = FunctionOrOpaque | Readonly<JsonObject>;

/** A function; configs hold its name, or Python's bytecode. */
export const aFunction: Kind<FunctionLike, FunctionOrOpaque> = {
  kind: "function",
  expected: "a function",
  schema: { type: "object", required: ["class_name", "config"] },
  parse(input, problems) {
    const before = problems.issues.length;
    const found = isEnvelope(input) ? gathering(problems.issues, () => read(input, problems)) : input;
    if (problems.issues.length > before) return undefined as never;
    if (found instanceof OpaqueObject) return found;
    if (typeof found === "function" && !("fromConfig" in found)) return found as AnyFunction;
    return problems.expected("a function", input);
  },
  toJson: serialize,
};

/** A function, or plain data. */
export const aFunctionOrData: Kind<FunctionLike | JsonValue, FunctionOrOpaque | JsonValue> = {
  kind: "json",
  expected: "a function or plain data",
  schema: true,
  toJson: serialize,
  parse: (input, problems) =>
    typeof input === "function" || input instanceof OpaqueObject || isEnvelope(input)
      ? aFunction.parse(input, problems)
      : anyJson.parse(copyJson(input as JsonValue), problems),
};

function isEnvelope(input: unknown): input is JsonObject {
  return (
    typeof input === "object" && input !== null && "class_name" in input && !(input instanceof OpaqueObject)
  );
}

function read(envelope: JsonObject, { path }: Problems): unknown {
  const reading = currentReading();
  if (!reading) return deserialize(envelope, { path });
  return runReading({ ...reading, path }, () => reading.resolver.deserialize(envelope));
}
