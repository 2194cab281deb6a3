import { describe, expect, it } from "vitest";
import { modelFromJson } from "../src/index.ts";
import { modelToJson } from "../src/tf-keras/index.ts";
import { tfKerasModels } from "./golden-tf-keras.ts";
import { newModels } from "./tf-keras-new.ts";

/** What is not written: what layers without weights, models inside and attention were built for. */
const unsaid: Readonly<Record<string, RegExp>> = {
  "2.15": /^new_(?:attention|conv_stack|dense_stack|shared_with_inner)$/,
};

/** Models whose layers share objects, which texts of Keras 3 do not say; those of 2.15 do not, either. */
const sharing = /^new_(?:stacked_cells|shared_objects|shared_in_convolutions|shared_with_inner)$/;

describe.each(["2.9", "2.15"])("new models as Keras %s writes the same ones", (keras) => {
  const records = tfKerasModels(keras).filter(({ id }) => id.startsWith("new_"));
  const equal = records.filter(({ id }) => !unsaid[keras]?.test(id));

  it("are all here", () => {
    expect(records.map(({ id }) => id).sort()).toEqual(Object.keys(newModels).sort());
  });

  it.each(equal)("$id", ({ id, to_json: text }) => {
    expect(modelToJson(newModels[id]!(), { keras })).toBe(text);
  });

  it.each(equal.filter(({ id }) => keras !== "2.9" || !sharing.test(id)))(
    "$id, once through a text of Keras 3",
    ({ id, to_json: text }) => {
      const through = modelFromJson(newModels[id]!().toJson({ keras: "3.6" }));
      expect(modelToJson(through, { keras })).toBe(text);
    },
  );
});
