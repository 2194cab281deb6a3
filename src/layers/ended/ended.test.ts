import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../test/formula.ts";
import { builtins } from "../../builtins.ts";
import { expectClose } from "../../engines/expect-close.ts";
import { onnxruntime } from "../../engines/onnxruntime/index.ts";
import { reference, useReference } from "../../engines/reference/index.ts";
import type { KerasTensor } from "../../graph/graph.ts";
import { classes as initializers } from "../../initializers/index.ts";
import type { JsonObject } from "../../json/json.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import { cloneModel } from "../../models/clone-model.ts";
import { Functional } from "../../models/functional.ts";
import { deserialize } from "../../registry/deserialize.ts";
import { classesOf, Registry } from "../../registry/registry.ts";
import { full } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Input } from "../core/input-layer.ts";
import * as layers from "../index.ts";
import type { Layer } from "../layer.ts";
import * as names from "./aliases.ts";
import * as ended from "./index.ts";

useReference();

interface Case {
  readonly class_name: string;
  readonly config_text: string;
  readonly input: TensorRecord;
  readonly output_shape: readonly (number | null)[];
  readonly weights: readonly (TensorRecord & { readonly name: string })[];
  readonly output: TensorRecord;
}

const url = new URL("../../../golden/2.9/old_layers.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] };
const registry = new Registry([...classesOf(ended), ...classesOf(layers), ...initializers] as never);
const engines = [reference, onnxruntime({ package: "onnxruntime-node" })];

describe("layers of tf.keras 2.9", () => {
  for (const [i, record] of cases.entries()) it(`${i} ${record.class_name}`, () => check(record));
});

async function check({ config_text: text, input, output_shape, weights, output }: Case): Promise<void> {
  const layer = deserialize(parsePythonJson(text), { registry }) as Layer;
  const { config } = parsePythonJson(text) as { config: JsonObject };
  expect(stringifyPythonJson(layer.getConfig())).toBe(stringifyPythonJson(config));
  const x = Input({ shape: input.shape.slice(1), dtype: "float32" });
  const y = layer.apply(x as never) as KerasTensor;
  expect(y.shape).toEqual(output_shape);
  expect(layer.weights.map(({ shape }) => shape)).toEqual(weights.map(({ shape }) => shape));
  expect(layer.weights.map(({ name }) => name)).toEqual(
    weights.map(({ name }) => name.replace(/^.*\/|:0$/g, "")),
  );
  layer.setWeights(weights.map(recordTensor));
  const model = new Functional({ inputs: x, outputs: y });
  for (const tested of [model, cloneModel(model, { weights: "copy" })]) {
    for (const engine of engines) {
      const got = (await tested.predict(recordTensor(input), { engine })) as Tensor;
      expectClose(got, recordTensor(output), engine.name);
    }
  }
}

describe("in a Keras that no longer has them", () => {
  const written = (layer: Layer) => {
    const x = Input({ shape: [4, 5, 3] });
    const y = layer.apply(x as never) as KerasTensor;
    return new Functional({ inputs: x, outputs: y }).getConfig();
  };

  it("a ThresholdedReLU is a ReLU", () => {
    const { layers } = written(new ended.ThresholdedReLU({ theta: 2, name: "t" })) as {
      layers: JsonObject[];
    };
    expect(stringifyPythonJson(layers[1]!.config!)).toMatch(
      /^\{"name": "t", "trainable": true, "dtype": .*, "max_value": null, "negative_slope": 0.0, "threshold": 2.0\}$/,
    );
    expect(layers[1]).toMatchObject({ module: "keras.layers", class_name: "ReLU", registered_name: null });
  });

  it.each([
    [
      new ended.LocallyConnected2D({ filters: 1, kernel_size: 2, name: "l" }),
      'layer "l": expected a layer that Keras 3.6 has, received LocallyConnected2D, which ended with Keras 2. No layer of Keras 3 has a kernel for each window.',
    ],
    [
      new ended.RandomWidth({ factor: 0.5, name: "r" }),
      'layer "r": expected a layer that Keras 3.6 has, received RandomWidth, which ended with Keras 2. No layer of Keras 3 changes the size at random; leave it out, as it does nothing but in training.',
    ],
    [
      new ended.AddLoss({ name: "a" }),
      'layer "a": expected a layer that Keras 3.6 has, received AddLoss, which ended with Keras 2. Layers of Keras 3 add losses when they are called; leave it out, as it only passes on.',
    ],
    [
      new ended.AddMetric({ name: "m" }),
      'layer "m": expected a layer that Keras 3.6 has, received AddMetric, which ended with Keras 2. Models of Keras 3 get their metrics when they are compiled; leave it out, as it only passes on.',
    ],
  ])("%s", (layer, message) => {
    expect(() => written(layer as Layer)).toThrow(message);
  });
});

describe("what is wrong", () => {
  it.each<[string, () => unknown, string]>([
    [
      "padding without a place for it",
      () => new ended.LocallyConnected1D({ filters: 1, kernel_size: 2, padding: "same" }),
      'LocallyConnected1D.padding: expected "valid" for implementation 1, received "same". Implementations 2 and 3 take it.',
    ],
    [
      "an unknown implementation",
      () => new ended.LocallyConnected1D({ filters: 1, kernel_size: 2, implementation: 4 }),
      "LocallyConnected1D.implementation: expected 1, 2 or 3, received 4.",
    ],
    [
      "an open size",
      () =>
        new ended.LocallyConnected1D({ filters: 1, kernel_size: 2, name: "l" }).apply(
          Input({ shape: [null, 3] }),
        ),
      'layer "l": expected an input of rank 3 with known sizes, received shape (None, None, 3).',
    ],
    [
      "an input that is too small",
      () =>
        new ended.LocallyConnected1D({ filters: 1, kernel_size: 5, name: "l" }).apply(
          Input({ shape: [4, 3] }),
        ),
      'layer "l": expected an input at least as large as its kernel, received shape (None, 4, 3).',
    ],
    [
      "an input that is too large",
      () =>
        new ended.LocallyConnected2D({ filters: 9, kernel_size: 1, implementation: 2, name: "l" }).apply(
          Input({ shape: [900, 900, 3] }),
        ),
      'layer "l": expected an input that it can be connected with, received shape (None, 900, 900, 3).',
    ],
    [
      "a share of all",
      () => new ended.RandomHeight({ factor: 1 }),
      "RandomHeight.factor: expected a share below 1, or two above -1, the smaller one first, received 1.",
    ],
    [
      "a share that is turned around",
      () => new ended.RandomWidth({ factor: [0.3, 0.2] }),
      "RandomWidth.factor: expected a share below 1, or two above -1, the smaller one first, received [0.3, 0.2].",
    ],
    [
      "training of a size",
      () =>
        new ended.RandomWidth({ factor: 0.3, name: "r" }).apply(Input({ shape: [4, 5, 3] }), {
          training: true,
        }),
      'layer "r": expected a call that is not one of training, received a call in training, which gives images of another size each time.',
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

it("names of older versions are known", () => {
  for (const [name, cls] of Object.entries(names)) {
    const found = deserialize(
      { class_name: name, config: name.startsWith("Batch") ? {} : { units: 3 }, module: "keras.layers" },
      { registry: builtins },
    );
    expect(found).toBeInstanceOf(cls);
  }
});

describe("calls of functions of TensorFlow", () => {
  const x = () => Input({ shape: [3, 4], name: "x" });

  it("are made by hand as by a file", async () => {
    const input = x();
    const twice = new ended.TFOpLambda({ function: "math.multiply", name: "tf.math.multiply" });
    const first = new ended.SlicingOpLambda({ name: "first" });
    const slice_spec = [{ start: null, stop: null, step: null }, 0];
    const y = first.invoke([twice.invoke([input], { y: 2, name: null })], { slice_spec }) as KerasTensor;
    expect(y.shape).toEqual([null, 4]);
    const model = new Functional({ inputs: input, outputs: y });
    const got = (await model.predict(full([1, 3, 4], 2, "float32"), { engine: reference })) as Tensor;
    expect(got.toArray()).toEqual([[4, 4, 4, 4]]);
    expect(first.getConfig()).toMatchObject({ function: "__operators__.getitem" });
  });

  it.each([
    ["math.lgamma", {}, "tf.math.lgamma, which is not known here."],
    ["tile", { multiples: 2.5 }, "tf.tile, which repeats as often as only a run knows."],
    ["constructor", {}, "tf.constructor, which is not known here."],
  ])("%s cannot be computed", (name, kwargs, received) => {
    const tensor = full([1, 3, 4], 2, "float32");
    expect(() => new ended.TFOpLambda({ function: name, name: "l" }).invoke([tensor], kwargs)).toThrow(
      `layer "l": expected a function of TensorFlow that can be computed here, received ${received}`,
    );
  });
});

it.each([1, 2, 3])("calling one on a graph costs nothing: implementation %i", (implementation) => {
  const layer = new ended.LocallyConnected2D({ filters: 2, kernel_size: 2, implementation, name: "l" });
  const before = process.memoryUsage().arrayBuffers;
  const outputs = layer.apply(Input({ shape: [4, 5, 100_000] })) as KerasTensor;
  expect(outputs.shape).toEqual([null, 3, 4, 2]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});
