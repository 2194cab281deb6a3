import { isDict } from "../dialects/change.ts";
import { exposure } from "../dialects/exposure.ts";
import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import type { Judgement } from "./findings.ts";

/** A name that leads out of a folder, on one system or another. */
const WAY_OUT = /(?:^|[\\/])\.\.(?:[\\/]|$)/;

/** Judges the names of a layer, that beside its config and that in it: no honest one is a way out of a folder. */
export function judgeName({ name: outer, config }: JsonObject): Judgement | null {
  const inner = isDict(config) ? config.name : undefined;
  const name = [outer, inner].find((each) => typeof each === "string" && WAY_OUT.test(each));
  if (typeof name !== "string") return null;
  const message = `has the name ${quote(name)}, which leads out of a folder where a path is made of it.`;
  return { code: "leaves-folder", message, keras: exposure.layerName };
}
