import { anyJson, type Kind } from "../fields/kinds.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { isEnvelope, objectKind } from "./object-field.ts";
import { OpaqueObject } from "./opaque.ts";
import type { AnyFunction } from "./registry.ts";
import { serialize } from "./serialize.ts";

/** A function of JavaScript, or one of Python that nobody here can run: kept to be written back. */
export type FunctionOrOpaque = AnyFunction | OpaqueObject;

/** What stands for a function: itself, or what a config has for it. */
export type FunctionLike = FunctionOrOpaque | Readonly<JsonObject>;

/** A function; configs hold its name, or Python's bytecode. */
export const aFunction: Kind<FunctionLike, FunctionOrOpaque> = /* @__PURE__ */ objectKind(
  "function",
  "a function",
  (found): found is FunctionOrOpaque =>
    found instanceof OpaqueObject || (typeof found === "function" && !("fromConfig" in found)),
);

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
