import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtins } from "../../builtins.ts";
import { withDialect } from "../../fields/writing.ts";
import type { JsonObject } from "../../json/json.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { knowOlderLayers } from "../../layers/tf-keras/know.ts";
import { deserializeOwned } from "../../registry/deserialize.ts";
import { serialize } from "../../registry/serialize.ts";
import { oldKeysOf } from "./keys.ts";

const folder = new URL("../../../golden/2.9/layers/", import.meta.url);

/** A layer as it is once a file of Keras 3 was made of it, written for Keras 2; null where Keras 3 cannot say it. */
function throughKeras3(text: string): JsonObject | null {
  const read = (json: unknown, dialect: number) =>
    deserializeOwned(json as JsonObject, { registry: builtins, dialect });
  try {
    const made = withDialect(315, () => serialize(read(parsePythonJson(text), 209)));
    return withDialect(209, () => serialize(read(JSON.parse(JSON.stringify(made)), 315))) as JsonObject;
  } catch {
    return null;
  }
}

describe("layers of Keras 3, written for Keras 2.9", () => {
  knowOlderLayers();
  let checked = 0;
  for (const file of readdirSync(folder)) {
    const className = file.replace(".json", "");
    if (oldKeysOf(className) === undefined) continue;
    it(`have the keys of ${className} in its order`, () => {
      const { cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
      for (const { id, config_text: text } of cases) {
        const written = throughKeras3(text);
        if (written?.class_name !== className) continue;
        checked++;
        // What a layer was first called with is the model's to say; a mirrored layer is made again.
        const usual = (key: string) => key !== "batch_input_shape" && key !== "backward_layer";
        const expected = Object.keys(JSON.parse(text).config).filter(usual);
        expect(Object.keys(written.config as JsonObject).filter(usual), id).toEqual(expected);
      }
    });
  }

  it("are most of all cases", () => expect(checked).toBeGreaterThan(280));
});
