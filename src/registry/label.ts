import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { nameIn } from "./opaque.ts";

/** `config.layers[4]` → `config.layers[4] (Conv2D "conv2d_3")`. */
export function label(path: string, envelope: JsonObject): string {
  const config = envelope.config;
  const name = config && typeof config === "object" && "name" in config ? config.name : undefined;
  return `${path} (${nameIn(envelope)}${typeof name === "string" ? ` ${quote(name)}` : ""})`;
}
