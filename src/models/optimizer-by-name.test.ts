import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { tfKerasModels } from "../../test/golden-tf-keras.ts";
import type { JsonObject } from "../json/json.ts";
import { Adam, Muon, SGD } from "../optimizers/index.ts";
import { modelFromJson } from "../revive.ts";
import { loadModel, toBytes } from "../saving/index.ts";

const fileOf = (version: string, id: string) =>
  readFileSync(tfKerasModels(version).find((record) => record.id === id)!.file!);

it.each(["2.13", "2.15"])(
  "a file of Keras %s that names its optimizer has one that has learned",
  async (version) => {
    const model = await loadModel(fileOf(version, "metrics"));
    await model.load();
    const { optimizer } = model;
    expect(optimizer).toBeInstanceOf(Adam);
    expect(optimizer?.iterations).toBe(1);
    expect(optimizer?.variables).toHaveLength(14);
    expect(model.getCompileConfig()).toMatchObject({ optimizer: "adam" });
    const again = await loadModel(await toBytes(model, { keras: "3.6" }));
    expect(again.optimizer?.iterations).toBe(1);
  },
);

it("an optimizer that was saved before it was built begins anew, however often it is asked for", async () => {
  const model = await loadModel(fileOf("2.15", "new_dense_stack"));
  for (let time = 0; time < 2; time++) {
    expect(model.optimizer?.variables).toHaveLength(14);
    expect(model.optimizerState?.variables).toHaveLength(2);
  }
  await expect(toBytes(model)).resolves.toBeInstanceOf(Uint8Array);
});

it("what is changed of such an optimizer is said", async () => {
  const model = await loadModel(fileOf("2.15", "metrics"));
  (model.optimizer as Adam).learning_rate = 0.25;
  const written = {
    class_name: "Adam",
    config: { learning_rate: 0.25, beta_1: 0.9 },
    registered_name: null,
  };
  expect(model.getCompileConfig()).toMatchObject({ optimizer: written });
  const again = await loadModel(await toBytes(model));
  expect(again.optimizer?.learning_rate).toBe(0.25);
});

const compiled = (optimizer: string) =>
  JSON.stringify({
    module: "keras",
    class_name: "Sequential",
    config: { name: "s", trainable: true, dtype: "float32", layers: [] },
    registered_name: null,
    compile_config: { optimizer, loss: "mse" },
  });

it.each(["sgd", "SGD", "Sgd", "muon"])("a text may name its optimizer %s", (name) => {
  const model = modelFromJson(compiled(name));
  expect(model.optimizer).toBeInstanceOf(name === "muon" ? Muon : SGD);
  expect((JSON.parse(model.toJson()) as JsonObject).compile_config).toEqual({ optimizer: name, loss: "mse" });
});

it("what only looks like an optimizer is none", () => {
  const text = compiled("sgd").replace('"sgd"', '{"trainedVariables":[]}');
  const model = modelFromJson(text);
  expect(model.optimizer).toBeNull();
  expect(JSON.parse(model.toJson())).toEqual(JSON.parse(text));
});

it.each(["add", "adan"])("%s is no optimizer, and kept", (name) => {
  const model = modelFromJson(compiled(name));
  expect(model.optimizer).toBeNull();
  expect((JSON.parse(model.toJson()) as JsonObject).compile_config).toEqual({ optimizer: name, loss: "mse" });
});
