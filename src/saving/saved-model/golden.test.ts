import { describe, expect, it } from "vitest";
import { expectClose } from "../../engines/expect-close.ts";
import { reference } from "../../engines/reference/index.ts";
import { invariant } from "../../errors.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { aTensor, takes } from "../../graph/signature.ts";
import { Dense } from "../../layers/core/dense.ts";
import { type LayerOptions, layer } from "../../layers/define.ts";
import type { Layer } from "../../layers/layer.ts";
import { BatchNormalization } from "../../layers/normalization/batch-normalization.ts";
import type { Model } from "../../models/model.ts";
import { multiply } from "../../ops/arithmetic.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { full } from "../../tensor/create.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { loadModel, loadWeights } from "../load.ts";
import { type Files, fileOf, goldenSample, type Sample, storedTensor } from "./golden.fixture.ts";

const names = [
  "plain",
  "recurrent",
  "nested",
  "frozen",
  "attention",
  "images",
  "trained",
  "mixed",
  "adapted",
  "texts",
  "learned",
];

const open = (files: Files) => loadModel(fileOf(files, "saved/saved_model.pb"));

async function expectOutputs(model: Model, { facts }: Sample, tolerance: number): Promise<void> {
  const inputs = facts.inputs.map(storedTensor);
  const given = inputs.length === 1 ? inputs[0] : inputs;
  const output = (await model.predict(given as Tensor, { engine: reference })) as Tensor;
  expectClose(output, storedTensor(facts.outputs[0]), "output", tolerance);
}

const zeros = ({ dtype, shape }: Variable) => full(shape, 0, dtype);

/** The twin of `Pair` in golden/scripts/saved_models.py. */
class Pair extends layer(
  "Pair",
  { units: positiveInt(2) },
  { package: "Held", call: takes("x", { x: aTensor() }) },
) {
  declare scale: Variable;
  declare first: BatchNormalization;
  declare rest: readonly Layer[];

  constructor(options: { readonly units?: number } & LayerOptions) {
    super(options);
    this.first = new BatchNormalization();
    this.rest = [new Dense({ units: this.units }), new Dense({ units: this.units, use_bias: false })];
  }

  override build(shape: Shape): void {
    this.scale = this.addWeight({ name: "scale", shape: [shape.at(-1) ?? 1] });
  }

  override call(x: Operand): Numeric {
    const [one, two] = this.rest;
    invariant(one && two, "a pair of layers");
    return two.apply(one.apply(multiply(this.first.apply(x as Numeric), this.scale))) as Numeric;
  }
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
    for (const weight of model.weights) weight.assign(zeros(weight));
    expect(await loadWeights(model, fileOf(sample.files, "weights.index"))).toEqual([]);
    await expectOutputs(model, sample, tolerance);
    for (const weight of model.weights) weight.assign(zeros(weight));
    expect(await loadWeights(model, fileOf(sample.files, "saved/saved_model.pb"), { verify: true })).toEqual(
      [],
    );
    await expectOutputs(model, sample, tolerance);
  });
});

describe.each(["tables", "boundaries"])("the sample %s of TensorFlow 2.5", (name) => {
  it("computes with what its layers learned, and has a checkpoint of its weights", async () => {
    const sample = await goldenSample(name, "2.5");
    const model = await open(sample.files);
    await expectOutputs(model, sample, 1e-6);
    for (const weight of model.weights) weight.assign(zeros(weight));
    expect(await loadWeights(model, fileOf(sample.files, "weights.index"))).toEqual([]);
    await expectOutputs(model, sample, 1e-6);
  });
});

describe("the sample custom of tf.keras", () => {
  it("is read with a class of somebody's own, whose layers and weights have the names of its properties", async () => {
    const sample = await goldenSample("custom");
    const options = { customObjects: { "Held>Pair": Pair } };
    const model = await loadModel(fileOf(sample.files, "saved/saved_model.pb"), options);
    await expectOutputs(model, sample, 1e-6);
    for (const weight of model.weights) weight.assign(zeros(weight));
    await loadWeights(model, fileOf(sample.files, "weights.index"));
    await expectOutputs(model, sample, 1e-6);
  });

  it("is kept without that class, and says what is not", async () => {
    const { files } = await goldenSample("custom");
    await expect(open(files)).rejects.toThrow('unknown class "Pair"');
    const told: string[] = [];
    await loadModel(fileOf(files, "saved/saved_model.pb"), {
      onUnknown: ({ message }) => told.push(message),
    });
    expect(told).toContainEqual(
      'the weights of "pair" are not read, because there is no code for its class.',
    );
  });
});

it("a model inside that was frozen is frozen, and so are its layers", async () => {
  const model = await open((await goldenSample("frozen")).files);
  const inner = model.getLayer("inner");
  expect([model.trainable, inner.trainable]).toEqual([true, false]);
  expect(model.trainableWeights).toEqual([]);
  expect((await open((await goldenSample("nested")).files)).getLayer("inner").trainable).toBe(true);
});
