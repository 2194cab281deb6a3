import { isDict } from "../../dialects/change.ts";
import { readsLaterHdf5 } from "../../dialects/loads.ts";
import { before } from "../../dialects/programs.ts";
import type { Dialect } from "../../dialects/version.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { moduleUnsaid } from "../../saving/bare-operations.ts";
import { eachDict } from "../each-dict.ts";
import { notFor } from "./keras-3.ts";
import type { Obstacle } from "./loading.ts";

/** What keeps versions of Keras 3 from a whole model in HDF5 that one of them wrote, beside what is in its config. */
export function obstaclesInHdf5(config: JsonValue, dialect: Dialect | null): Obstacle[] {
  const found: Obstacle[] = [
    {
      program: "keras",
      versions: before("keras", Math.min(readsLaterHdf5, dialect ?? readsLaterHdf5)),
      text: "losses and recurrent layers, some of which it does not read from HDF5",
      isUnsure: true,
    },
  ];
  eachDict(config, "config", ({ layers, dtype }) => {
    for (const entry of Array.isArray(layers) ? layers : [])
      if (moduleUnsaid(entry) !== null) {
        const { class_name: name } = entry as { class_name: string };
        found.push(notFor("keras", `operation ${quote(name)}, which is named without its module`));
      }
    if (isBfloat16(dtype ?? null))
      found.push({
        ...notFor("keras", "numbers of bfloat16, which it does not read from HDF5"),
        isUnsure: true,
      });
  });
  return found;
}

function isBfloat16(dtype: JsonValue): boolean {
  const name = isDict(dtype) && isDict(dtype.config) ? (dtype as { config: JsonObject }).config.name : dtype;
  return name === "bfloat16";
}
