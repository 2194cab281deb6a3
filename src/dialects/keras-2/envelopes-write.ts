import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict, type Named } from "../change.ts";

/** An envelope of Keras 3 as the last Keras 2 writes it. */
export function writeEnvelope(envelope: JsonObject, { className }: Named): JsonObject {
  if (className === "Functional") envelope.module = "keras.src.engine.functional";
  if (className === "Bidirectional" && isDict(envelope.config)) nameByItself(envelope.config.layer);
  return envelope;
}

/** The layer of a Bidirectional goes by the name it was given; the one that goes forward has another. */
function nameByItself(layer: JsonValue | undefined): void {
  if (!isDict(layer) || !isDict(layer.config) || typeof layer.config.name !== "string") return;
  layer.config.name = layer.config.name.replace(/^forward_/, "");
}
