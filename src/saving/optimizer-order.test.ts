import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { tfKerasModels } from "../../test/golden-tf-keras.ts";
import type { Model } from "../models/model.ts";
import { toNumbers } from "../tensor/cast.ts";
import { loadModel, toBytes } from "./index.ts";

async function stateOf(model: Model) {
  const { variables } = model.optimizerState!;
  return Promise.all(variables.map(async ({ data }) => [...toNumbers(await data())]));
}

it("what an optimizer has learned stands in the order of the version that a file is for", async () => {
  const { file } = tfKerasModels("2.9").find(({ id }) => id === "optimizer_nadam")!;
  const model = await loadModel(readFileSync(file!));
  const before = await loadModel(await toBytes(model, { keras: "3.6" }));
  const later = await loadModel(await toBytes(before, { keras: "3.15" }));
  const [count, rate, product, ...slots] = await stateOf(before);
  expect(product).toHaveLength(1);
  expect(await stateOf(later)).toEqual([count, rate, ...slots, product]);
  for (const each of [before, later]) {
    expect(each.optimizer?.variables).toHaveLength(slots.length + 3);
    await Promise.all(each.optimizer!.variables.map((variable) => variable.load()));
    expect(each.optimizer!.variables.map(({ value }) => [...toNumbers(value)])).toEqual(await stateOf(each));
  }
  const back = await loadModel(await toBytes(later, { keras: "3.6" }));
  expect(await stateOf(back)).toEqual(await stateOf(before));
});

it("what an optimizer has learned for weights that are trained no more stays in the file as it was", async () => {
  const { file } = tfKerasModels("2.9").find(({ id }) => id === "optimizer_nadam")!;
  const model = await loadModel(await toBytes(await loadModel(readFileSync(file!)), { keras: "3.6" }));
  model.layers.find(({ weights }) => weights.length > 0)!.trainable = false;
  model.keepOptimizer(model.optimizerState, model.trainableWeights);
  const kept = await stateOf(model);
  for (const keras of ["3.6", "3.15"] as const)
    expect(await stateOf(await loadModel(await toBytes(model, { keras })))).toEqual(kept);
  expect(() => model.optimizer).toThrow(`received ${kept.length}. Set the model's optimizerState to null`);
});
