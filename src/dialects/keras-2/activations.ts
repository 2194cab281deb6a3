import type { JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";
import { OLD_HARD_SIGMOID } from "./configs.ts";

/** Functions that Keras 2 has under another name. */
const renamed: Readonly<Record<string, string>> = { silu: "swish" };

/** Functions of Keras 3 that Keras 2 does not have, or has otherwise. */
const newer: ReadonlySet<string> = new Set([
  "celu",
  "glu",
  "hard_shrink",
  "hard_sigmoid",
  "hard_silu",
  "hard_swish",
  "hard_tanh",
  "log_sigmoid",
  "soft_shrink",
  "sparse_plus",
  "sparse_sigmoid",
  "sparsemax",
  "squareplus",
  "tanh_shrink",
  "threshold",
]);

/** An activation as Keras 2 writes it; `refuse` gets what was expected where it has none like it. */
export function activationIn(value: JsonValue, refuse: (expected: string) => void): JsonValue {
  const name = isDict(value) && value.class_name === "function" ? value.config : value;
  if (name === OLD_HARD_SIGMOID) return "hard_sigmoid";
  if (typeof name !== "string") return value;
  if (name === "hard_sigmoid") refuse("an activation that Keras 2 computes alike");
  else if (newer.has(name)) refuse("an activation that Keras 2 has");
  return renamed[name] ?? name;
}
