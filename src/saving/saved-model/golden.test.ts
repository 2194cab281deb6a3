import { describe, expect, it } from "vitest";
import { expectClose } from "../../engines/expect-close.ts";
import { reference } from "../../engines/reference/index.ts";
import type { Model } from "../../models/model.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { loadModel, loadWeights } from "../load.ts";
import { type Files, fileOf, goldenSample, type Sample, storedTensor } from "./golden.fixture.ts";

const names = ["plain", "recurrent", "nested", "frozen", "attention", "images", "trained", "mixed"];

const open = (files: Files) => loadModel(fileOf(files, "saved/saved_model.pb"));

async function expectOutputs(model: Model, { facts }: Sample, tolerance: number): Promise<void> {
  const inputs = facts.inputs.map(storedTensor);
  const given = inputs.length === 1 ? inputs[0] : inputs;
  const output = (await model.predict(given as Tensor, { engine: reference })) as Tensor;
  expectClose(output, storedTensor(facts.outputs[0]), "output", tolerance);
}

/** The numbers of each weight, whichever comes first: those of Keras 2 are in another order. */
function valuesOf(tensors: readonly Tensor[]): string[] {
  return tensors.map((tensor) => `${tensor.shape} ${Array.from(tensor.data as Float32Array)}`).sort();
}

describe.each(names)("the sample %s of tf.keras", (name) => {
  const tolerance = name === "mixed" ? 2e-3 : 1e-6;

  it("is a SavedModel that computes what it computed there", async () => {
    const sample = await goldenSample(name);
    const model = await open(sample.files);
    expect(valuesOf(model.weights.map(({ value }) => value))).toEqual(
      valuesOf(sample.facts.weights.map(storedTensor)),
    );
    await expectOutputs(model, sample, tolerance);
  });

  it("has a checkpoint of its weights", async () => {
    const sample = await goldenSample(name);
    const model = await open(sample.files);
    for (const weight of model.weights)
      weight.assign(fromNumbers(weight.dtype, weight.shape, new Array(weight.value.size).fill(0)));
    expect(await loadWeights(model, fileOf(sample.files, "weights.index"))).toEqual([]);
    await expectOutputs(model, sample, tolerance);
    for (const weight of model.weights)
      weight.assign(fromNumbers(weight.dtype, weight.shape, new Array(weight.value.size).fill(0)));
    expect(await loadWeights(model, fileOf(sample.files, "saved/saved_model.pb"), { verify: true })).toEqual(
      [],
    );
    await expectOutputs(model, sample, tolerance);
  });
});
