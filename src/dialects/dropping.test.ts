import { describe, expect, it } from "vitest";
import type { Issue } from "../errors.ts";
import { Input, Sequential } from "../index.ts";
import { STFT, VarianceScaling } from "../initializers/index.ts";
import { Conv1D, ConvLSTM1D, Dense, Dropout, RandomFlip, SpatialDropout2D } from "../layers/index.ts";
import type { Layer } from "../layers/layer.ts";
import type { Model } from "../models/model.ts";
import { OrthogonalRegularizer } from "../regularizers/index.ts";
import { loadModel, saveTfjs, toBytes } from "../saving/index.ts";
import { modelToJson } from "../tf-keras/index.ts";

function modelOf(layer: Layer, shape: readonly number[]): Sequential {
  return new Sequential([Input({ shape }), layer]);
}

function spectrum(kernel_regularizer: OrthogonalRegularizer | null = null): Layer {
  return new Conv1D({
    filters: 3,
    kernel_size: 4,
    kernel_initializer: new STFT(),
    kernel_regularizer,
    name: "d",
  });
}

function compiled(compile_config: object): Model {
  const model = modelOf(new Dense({ units: 1, name: "dense" }), [2]);
  model.compileFromConfig({ optimizer: "sgd", ...compile_config } as never);
  return model;
}

const loss = (class_name: string, config: object) => ({
  module: "keras.losses",
  class_name,
  config: { name: "it", reduction: "sum_over_batch_size", ...config },
  registered_name: null,
});
const metric = (class_name: string, config: object) => ({
  module: "keras.metrics",
  class_name,
  config: { name: "it", dtype: "float32", ...config },
  registered_name: null,
});
const optimizer = (class_name: string, config: object = {}) => ({
  module: "keras.optimizers",
  class_name,
  config: { name: "it", ...config },
  registered_name: null,
});

const help = ' drop: "optional" leaves it out.';

/** What a model is, the version it is written for, where the lack is, and what is said of it. */
const rows: readonly (readonly [what: string, Model, keras: string, path: string, message: string])[] = [
  [
    "an initializer",
    modelOf(spectrum(), [8, 1]),
    "2.15",
    'layer "d".kernel_initializer',
    "expected an initializer that Keras 2 has, received STFT.",
  ],
  [
    "an initializer that an older Keras 3 lacks",
    modelOf(spectrum(), [8, 1]),
    "3.6",
    'layer "d".kernel_initializer',
    "expected an initializer that Keras 3.6 has, received STFT, which came with 3.7.",
  ],
  [
    "where a layer drops in training",
    modelOf(new SpatialDropout2D({ rate: 0.5, data_format: "channels_first", name: "d" }), [2, 3, 4]),
    "2.15",
    'layer "d".data_format',
    'expected a key that Keras 2 has, or a value that changes nothing, received "channels_first".',
  ],
  [
    "where a layer of images mirrors in training",
    modelOf(new RandomFlip({ data_format: "channels_first", name: "f" }), [2, 3, 4]),
    "3.5",
    'layer "f".data_format',
    'expected its default, because Keras 3.5 does not know this key (it came with Keras 3.6), received "channels_first".',
  ],
  [
    "an option of an initializer",
    modelOf(
      new Dense({
        units: 1,
        kernel_initializer: new VarianceScaling({ input_axes: [0] }),
        name: "d",
      }),
      [2],
    ),
    "2.15",
    'layer "d".kernel_initializer.input_axes',
    "expected null, because Keras 2 has no such option, received [0].",
  ],
  [
    "that a convolution is unrolled",
    modelOf(new ConvLSTM1D({ filters: 1, kernel_size: 1, unroll: true, name: "c" }), [2, 3, 1]),
    "2.15",
    'layer "c".unroll',
    "expected false, because Keras 2 unrolls no convolutions, received true.",
  ],
  [
    "that no loss is scaled",
    compiled({ auto_scale_loss: false }),
    "2.15",
    "compile_config.auto_scale_loss",
    "expected true, because Keras 2 scales losses in float16 always, received false.",
  ],
  [
    "a loss",
    compiled({ loss: loss("Dice", { axis: null }) }),
    "2.15",
    "compile_config.loss",
    'expected a loss that Keras 2 has, received "Dice".',
  ],
  [
    "a loss by its name",
    compiled({ loss: { dense: "tversky" } }),
    "2.15",
    "compile_config.loss.dense",
    'expected a loss that Keras 2 has, received "tversky".',
  ],
  [
    "a loss that an older Keras 3 lacks",
    compiled({ loss: ["circle"] }),
    "3.6",
    "compile_config.loss[0]",
    'expected a loss that Keras 3.6 has, received "circle", which came with 3.7.',
  ],
  [
    "how a loss is added up",
    compiled({ loss: loss("MeanSquaredError", { reduction: "mean_with_sample_weight" }) }),
    "2.15",
    "compile_config.loss.reduction",
    'expected "sum_over_batch_size" or "sum" or "none" or "auto", received "mean_with_sample_weight".',
  ],
  [
    "a metric",
    compiled({ metrics: [metric("PearsonCorrelation", {})] }),
    "2.15",
    "compile_config.metrics[0]",
    'expected a metric that Keras 2 has, received "PearsonCorrelation".',
  ],
  [
    "an option of a metric",
    compiled({ metrics: [metric("AUC", { curve: "PRGAIN" })] }),
    "2.15",
    "compile_config.metrics[0].curve",
    'expected "ROC" or "PR", received "PRGAIN".',
  ],
  [
    "an option of a metric that an older Keras 3 lacks",
    compiled({ metrics: [metric("SparseTopKCategoricalAccuracy", { k: 2, from_sorted_ids: true })] }),
    "3.6",
    "compile_config.metrics[0].from_sorted_ids",
    "expected an option that Keras 3.6 has, received true, which came with 3.7.",
  ],
  [
    "an optimizer",
    compiled({ optimizer: optimizer("Muon") }),
    "2.15",
    "compile_config.optimizer",
    'expected an optimizer that Keras 2 has, received "Muon".',
  ],
  [
    "an optimizer that an older Keras 3 lacks",
    compiled({ optimizer: optimizer("Muon") }),
    "3.9",
    "compile_config.optimizer",
    'expected an optimizer that Keras 3.9 has, received "Muon", which came with 3.10.',
  ],
  [
    "an option of an optimizer",
    compiled({ optimizer: optimizer("Adam", { gradient_accumulation_steps: 2 }) }),
    "2.15",
    "compile_config.optimizer.gradient_accumulation_steps",
    "expected null, because Keras 2 has no such option, received 2.",
  ],
];

describe("what a version has no word for, and only training needs", () => {
  it.each(rows)(
    "is an error that says what would leave it out: %s",
    async (_, model, keras, path, message) => {
      await expect(toBytes(model, { keras })).rejects.toMatchObject({
        issues: [{ path, message: `${message}${help}` }],
      });
    },
  );

  it.each(rows)(
    "is left out where that is asked for, and told: %s",
    async (_, model, keras, path, message) => {
      const told: Issue[] = [];
      const bytes = await toBytes(model, { keras, drop: "optional", onNotice: (issue) => told.push(issue) });
      expect(told).toEqual([{ path, message: `left out: ${message}` }]);
      const again = await loadModel(bytes);
      expect(again.weights.map(({ shape }) => shape)).toEqual(model.weights.map(({ shape }) => shape));
    },
  );

  it("is left out of texts and of what is for TensorFlow.js", async () => {
    const model = modelOf(spectrum(new OrthogonalRegularizer()), [8, 1]);
    const told: string[] = [];
    const onNotice = ({ path }: Issue) => told.push(path);
    expect(() => modelToJson(model)).toThrow(help);
    expect(modelToJson(model, { drop: "optional", onNotice })).toContain('"GlorotUniform"');
    expect(told.splice(0)).toEqual(['layer "d".kernel_initializer']);
    const files = saveTfjs(model, { drop: "optional", onNotice });
    let last = "";
    for await (const { bytes } of files) last = new TextDecoder().decode(bytes);
    expect(last).not.toContain("OrthogonalRegularizer");
    expect(told).toEqual(['layer "d".kernel_initializer', 'layer "d".kernel_regularizer']);
  });
});

it("what changes predictions is never left out", async () => {
  const model = new Sequential([
    Input({ shape: [2] }),
    new Dropout({ rate: 0.5, seed: 3 }),
    new Dense({ units: 1, activation: "celu", name: "d" }),
  ]);
  await expect(toBytes(model, { keras: "2.15", drop: "optional" })).rejects.toMatchObject({
    issues: [
      {
        path: 'layer "d".activation',
        message: expect.stringMatching(/^expected an activation that Keras 2 has, received "celu"\./),
      },
    ],
  });
});

it.each([{ drop: "all" }, { onNotice: 3 }])("options are checked: %o", (options) => {
  const model = compiled({ loss: "mse" });
  const message = /expected (?:drop to be "optional"|onNotice to be a function), received/;
  expect(() => toBytes(model, { keras: "3.6", ...options } as never)).toThrow(message);
  expect(() => model.toJson(options as never)).toThrow(message);
});
