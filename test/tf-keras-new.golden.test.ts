import { describe, expect, it } from "vitest";
import { modelFromJson } from "../src/index.ts";
import { modelToJson } from "../src/tf-keras/index.ts";
import { tfKerasModels } from "./golden-tf-keras.ts";
import { newModels } from "./tf-keras-new.ts";

/** Models whose layers share objects, which texts of Keras 3 do not say. */
const sharing = /^new_(?:stacked_cells|shared_objects|shared_in_convolutions|shared_with_inner)$/;

describe.each(["2.9"])("new models as Keras %s writes the same ones", (keras) => {
  const records = tfKerasModels(keras).filter(({ id }) => id.startsWith("new_"));

  it("are all here", () => {
    expect(records.map(({ id }) => id).sort()).toEqual(Object.keys(newModels).sort());
  });

  it.each(records)("$id", ({ id, to_json: text }) => {
    expect(modelToJson(newModels[id]!(), { keras })).toBe(text);
  });

  it.each(records.filter(({ id }) => keras !== "2.9" || !sharing.test(id)))(
    "$id, once through a text of Keras 3",
    ({ id, to_json: text }) => {
      const through = modelFromJson(newModels[id]!().toJson({ keras: "3.6" }));
      expect(modelToJson(through, { keras })).toBe(text);
    },
  );
});
