import type { JsonObject } from "../json/json.ts";

/** Builds and compiles an object as its envelope says. */
export function finish(object: object, envelope: JsonObject): void {
  const { build_config: build, compile_config: compile } = envelope;
  if (isFilled(build) && "buildFromConfig" in object)
    (object.buildFromConfig as (config: JsonObject) => void)(build);
  if (isFilled(compile) && "compileFromConfig" in object)
    (object.compileFromConfig as (config: JsonObject) => void)(compile);
}

function isFilled(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
