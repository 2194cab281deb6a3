import { parsePythonJson, stringifyPythonJson } from "../../src/index.ts";
import { jsonText, mutateText } from "../mutate/json-text.ts";
import { expectThat, type Reader } from "../reader.ts";
import { goldenConfigs } from "../seeds.ts";

/** JSON text as Python writes it: what is read is written, and read again the same. */
export const text: Reader<string> = {
  name: "JSON text",
  share: 12,
  seeds: () => [
    '{"a": [1, 2.0, -0.0, NaN, "é\\u00e9", null], "1": {"b": 1e22, "c": 123456789012345678901}}',
    ...goldenConfigs("3.6/layers/Dense.json").slice(0, 4).map(jsonText),
  ],
  mutate: mutateText,
  run(input) {
    const written = stringifyPythonJson(parsePythonJson(input, { source: "a.json" }));
    expectThat(
      stringifyPythonJson(parsePythonJson(written)) === written,
      "what was written is read otherwise",
    );
  },
};
