import { describe, expect, it } from "vitest";
import { flatten } from "../src/graph/nested.ts";
import type { JsonObject } from "../src/json/json.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { stringifyPythonJson } from "../src/json/stringify.ts";
import { type Hdf5File, openHdf5 } from "../src/saving/hdf5/index.ts";
import { fileSource } from "../src/saving/node/file.ts";
import { isFloat } from "../src/tensor/dtype.ts";
import { layerFiles } from "./golden-layers.ts";
import { nestedTensors, type TfKerasRecord, tfKerasModels } from "./golden-tf-keras.ts";

const models = tfKerasModels("2.9");

/** The text of an attribute that has one. */
function textOf(file: Hdf5File, name: string): string {
  const value = file.root.attributes.get(name);
  if (typeof value !== "string") throw new Error(`expected a text ${name}`);
  return value;
}

/** The names of all weights below a group, each layer's in the order that its attribute says. */
function weightNames(file: Hdf5File): string[] {
  const group = file.get("/model_weights");
  if (group?.kind !== "group") throw new Error("expected /model_weights");
  const layers = group.attributes.get("layer_names");
  if (!Array.isArray(layers)) return [];
  return (layers as string[]).flatMap((layer) => {
    const inner = file.get(`/model_weights/${layer}`);
    const names = inner?.kind === "group" ? inner.attributes.get("weight_names") : null;
    return Array.isArray(names) ? (names as string[]) : [];
  });
}

async function withFile(path: string, check: (file: Hdf5File) => void | Promise<void>): Promise<void> {
  const source = fileSource(path);
  try {
    await check(await openHdf5(source, { name: path }));
  } finally {
    await source.close();
  }
}

describe("what Keras 2.9 wrote", () => {
  it("has texts that are kept to the character", () => {
    const layers = layerFiles("2.9").flatMap(({ cases }) => cases);
    expect(layers.length).toBeGreaterThan(300);
    const texts = [
      ...layers.flatMap((layer) => [layer.config_text, layer.built_config_text ?? layer.config_text]),
      ...models.flatMap(({ to_json, clone_json }) => [to_json, clone_json]),
    ];
    for (const text of texts) expect(stringifyPythonJson(parsePythonJson(text))).toBe(text);
  });

  it.each(models.filter(({ file }) => file !== null))(
    "$id: the file has the model's text and weights",
    async ({ file: path, to_json, weights = [] }: TfKerasRecord) => {
      await withFile(path ?? "", (file) => {
        const { class_name, config } = parsePythonJson(to_json) as JsonObject;
        expect(textOf(file, "model_config")).toBe(stringifyPythonJson({ class_name, config } as JsonObject));
        expect(textOf(file, "keras_version")).toBe("2.9.0");
        const names = weights.map(([name]) => name);
        expect(weightNames(file).sort()).toEqual(names.sort());
      });
    },
  );

  it.each(models.filter(({ training }) => training))(
    "$id: the file has what the optimizer keeps",
    async ({ file: path, training }: TfKerasRecord) => {
      await withFile(path ?? "", (file) => {
        const group = file.get("/optimizer_weights");
        const names = group?.kind === "group" ? group.attributes.get("weight_names") : null;
        expect(names ?? []).toEqual(training?.optimizer_weights.map(({ name }) => name));
      });
    },
  );

  it("has outputs that are numbers, in the structures of the models", () => {
    for (const { id, outputs, output_names = [] } of models) {
      if (!outputs) continue;
      const tensors = flatten(nestedTensors(outputs));
      expect(tensors.length, id).toBeGreaterThanOrEqual(output_names.length > 0 ? 1 : 0);
      for (const { dtype, data } of tensors)
        if (isFloat(dtype))
          expect(
            Array.from(data as Float32Array, Number).every((n) => !Number.isNaN(n)),
            id,
          ).toBe(true);
    }
  });
});
