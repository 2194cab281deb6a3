import { quote } from "../json/quote.ts";
import { type Named, packageOf } from "./change.ts";

/** What messages call the object of a config: `layer "dense"`, or its class. */
export function placeIn({ name }: { readonly name?: unknown }, about: Named): string {
  if (typeof name !== "string") return about.className;
  if (about.module === "keras.layers") return `layer ${quote(name)}`;
  return packageOf(about) === "keras.src.ops" ? `operation ${quote(name)}` : about.className;
}
