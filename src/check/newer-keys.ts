import { builtins } from "../builtins.ts";
import { readsImageFormats } from "../dialects/loads.ts";
import { newValuesIn } from "../dialects/new-values.ts";
import type { Dialect } from "../dialects/version.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { eachNewer } from "../registry/sniff.ts";

/** Keys that versions which do not write them read: an InputLayer takes any. */
const readOver: ReadonlySet<string> = new Set(["InputLayer.ragged", "InputLayer.optional"]);

/** Goes through all keys and classes of a config that not every Keras 3 loads: `Dense.quantization_config`, and since when. */
export function eachNewerKey(
  config: JsonValue,
  visit: (key: string, since: Dialect, envelope: JsonObject) => void,
): void {
  eachNewer(
    config,
    (envelope) => builtins.find(envelope),
    (newer, envelope) => {
      for (const { key, since } of [...newer, ...newValuesIn(envelope)]) {
        const full = `${envelope.class_name}.${key}`;
        if (!readOver.has(full) && !(key === "data_format" && since > readsImageFormats))
          visit(full, since, envelope);
      }
    },
  );
}
