import { describe, expect, it } from "vitest";
import { reference } from "../../engines/reference/index.ts";
import type { JsonObject } from "../../json/json.ts";
import type { Functional } from "../../models/functional.ts";
import { add, multiply } from "../../ops/index.ts";
import type { Operand } from "../../program/emit.ts";
import { modelFromJson } from "../../revive.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";

const unsaid: JsonObject = { keras_version: "1.2.2" };

const stackOf = (layers: readonly object[], rest: object = unsaid) =>
  modelFromJson(JSON.stringify({ class_name: "Sequential", config: layers, ...rest }));

/** What a layer of Keras 1 has now. */
function read(className: string, config: object): Record<string, unknown> {
  const layer = {
    class_name: className,
    config: { name: "it", batch_input_shape: [null, 4, 6, 3], ...config },
  };
  return stackOf([layer]).getLayer("it").getConfig() as Record<string, unknown>;
}

const image = [null, 4, 6, 3];
const sequence = { batch_input_shape: [null, 4, 3] };
const kernel = { nb_filter: 2, nb_row: 2, nb_col: 3 };

describe("what Keras 1 wrote of a layer", () => {
  it.each<[className: string, config: object, now: object]>([
    ["Dense", { output_dim: 2, bias: false }, { units: 2, use_bias: false }],
    ["TimeDistributedDense", { output_dim: 2, input_dim: 3, input_length: 4, ...sequence }, { units: 2 }],
    ["Convolution2D", kernel, { filters: 2, kernel_size: [2, 3] }],
    ["Convolution2D", { ...kernel, dim_ordering: "th" }, { data_format: "channels_first" }],
    [
      "Convolution2D",
      { ...kernel, subsample: [1, 2], border_mode: "same" },
      { strides: [1, 2], padding: "same" },
    ],
    ["AtrousConvolution2D", { ...kernel, atrous_rate: [2, 1] }, { dilation_rate: [2, 1] }],
    [
      "Convolution1D",
      { nb_filter: 2, filter_length: 3, subsample_length: 2, ...sequence },
      { kernel_size: 3, strides: 2 },
    ],
    ["MaxPooling1D", { pool_length: 2, stride: 1, ...sequence }, { pool_size: 2, strides: 1 }],
    ["UpSampling1D", { length: 3, ...sequence }, { size: 3 }],
    ["ZeroPadding1D", { padding: { left_pad: 1 }, ...sequence }, { padding: [1, 0] }],
    ["ZeroPadding2D", { padding: [1, 2] }, { padding: [1, 2] }],
    [
      "ZeroPadding2D",
      { padding: [1, 2, 3, 4] },
      {
        padding: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      "ZeroPadding2D",
      { padding: { top_pad: 1, right_pad: 4 } },
      {
        padding: [
          [1, 0],
          [0, 4],
        ],
      },
    ],
    ["Dropout", { p: 0.25 }, { rate: 0.25 }],
    ["GaussianNoise", { sigma: 0.5 }, { stddev: 0.5 }],
    ["BatchNormalization", { mode: 0, beta_init: "one" }, { beta_initializer: "ones" }],
    [
      "LSTM",
      { output_dim: 2, dropout_W: 0.1, dropout_U: 0.2, ...sequence },
      { units: 2, dropout: 0.1, recurrent_dropout: 0.2 },
    ],
    [
      "LSTM",
      { output_dim: 2, forget_bias_init: "zero", consume_less: "gpu", ...sequence },
      { unit_forget_bias: false },
    ],
    [
      "LSTM",
      { output_dim: 2, inner_activation: "sigmoid", ...sequence },
      { recurrent_activation: "sigmoid" },
    ],
  ])("%s of %j", (className, config, now) => {
    expect(read(className, config)).toMatchObject(now);
  });

  it.each<[config: object, now: object]>([
    [
      { init: "uniform" },
      { kernel_initializer: { class_name: "RandomUniform", config: { minval: -0.05, maxval: 0.05 } } },
    ],
    [{ init: "orthogonal" }, { kernel_initializer: { class_name: "Orthogonal", config: { gain: 1.1 } } }],
    [
      { init: "he_normal" },
      { kernel_initializer: { config: { scale: 2, mode: "fan_in", distribution: "untruncated_normal" } } },
    ],
    [{ init: "zero" }, { kernel_initializer: "zeros" }],
    [{ init: "lecun_uniform" }, { kernel_initializer: "lecun_uniform" }],
    [
      { W_regularizer: { name: "WeightRegularizer", l1: 0, l2: 0.5 } },
      { kernel_regularizer: { class_name: "L1L2", config: { l2: 0.5 } } },
    ],
    [
      { b_constraint: { name: "MaxNorm", m: 3, axis: 0 } },
      { bias_constraint: { class_name: "MaxNorm", config: { max_value: 3, axis: 0 } } },
    ],
    [{ W_constraint: { name: "NonNeg" } }, { kernel_constraint: { class_name: "NonNeg" } }],
  ])("%j of a Dense", (config, now) => {
    expect(read("Dense", { output_dim: 2, ...config })).toMatchObject(now);
  });
});

describe("a Sequential of Keras 1", () => {
  const layer = (className: string, config: object) => ({ class_name: className, config });
  const padded = layer("ZeroPadding2D", { name: "pad", padding: [1, 1], batch_input_shape: image });
  const convolved = (order: string) =>
    layer("Convolution2D", { name: "conv", ...kernel, dim_ordering: order });

  it("has channels where its convolutions say that they are", () => {
    expect(
      stackOf([padded, convolved("th")])
        .getLayer("pad")
        .getConfig(),
    ).toMatchObject({
      data_format: "channels_first",
    });
    expect(
      stackOf([padded, convolved("tf")])
        .getLayer("pad")
        .getConfig(),
    ).toMatchObject({
      data_format: "channels_last",
    });
  });

  it("takes numbers of the dtype that its first layer says", () => {
    const embedding = layer("Embedding", {
      name: "words",
      input_dim: 5,
      output_dim: 2,
      init: "uniform",
      input_length: 3,
      input_dtype: "int32",
      dropout: 0,
      batch_input_shape: [null, 3],
    });
    const model = stackOf([embedding]);
    expect(model.inputs.map(({ dtype }) => dtype)).toEqual(["int32"]);
    expect(model.getLayer("words").weights.map(({ dtype }) => dtype)).toEqual(["float32"]);
  });

  it("is known by its keys where nothing says the version", () => {
    const model = stackOf(
      [layer("Dense", { name: "it", output_dim: 2, init: "one", batch_input_shape: [null, 3] })],
      {},
    );
    expect(model.getLayer("it").getConfig()).toMatchObject({
      units: 2,
      kernel_initializer: "ones",
    });
  });

  const branch = (name: string, size = 3) =>
    layer("Sequential", [layer("Dense", { name, output_dim: 2, batch_input_shape: [null, size] })]);

  it.each([
    ["sum", "Add"],
    ["mul", "Multiply"],
    ["ave", "Average"],
    ["max", "Maximum"],
    ["concat", "Concatenate"],
    ["dot", "Dot"],
  ])("that merges models by %s is functional, with a %s", (mode, className) => {
    const merge = layer("Merge", {
      name: "merge",
      mode,
      mode_type: "raw",
      concat_axis: -1,
      dot_axes: [1, 1],
      layers: [branch("a"), branch("b", 4)],
    });
    const model = stackOf([merge, layer("Dense", { name: "out", output_dim: 1 })]) as Functional;
    expect(model.inputs.map(({ name, shape }) => [name, shape])).toEqual([
      ["a_input", [null, 3]],
      ["b_input", [null, 4]],
    ]);
    expect((model.getLayer("merge").constructor as { className?: string }).className).toBe(className);
    expect(model.layers.map(({ name }) => name)).toEqual(["a_input", "b_input", "a", "b", "merge", "out"]);
  });

  it("says which layers and options are no longer there", () => {
    expect(() => read("Highway", { ...sequence, batch_input_shape: [null, 3] })).toThrow(
      /unknown class "Highway"/,
    );
    expect(() => read("BatchNormalization", { mode: 1 })).toThrow(
      'config (Sequential).layers[1] (BatchNormalization "it").mode: expected 0, because Keras 3 has no such option, received 1.',
    );
  });

  const merged = (mode: object, out: object = {}) =>
    layer("Merge", {
      name: "m",
      ...mode,
      concat_axis: -1,
      dot_axes: -1,
      output_shape: [2],
      output_shape_type: "raw",
      output_mask: null,
      output_mask_type: "raw",
      arguments: {},
      layers: [branch("a"), branch("b")],
      ...out,
    });

  it("that merges models by code of Python has a Lambda, which says so when it is to compute", async () => {
    const model = stackOf([merged({ mode: ["code", null, null], mode_type: "lambda" })]);
    const x = fromNumbers("float32", [1, 3], [1, 2, 3]);
    await expect(model.predict([x, x] as never, { engine: reference })).rejects.toThrow(
      'layer "m": expected a function of JavaScript, received one of Python.',
    );
  });

  it("that merges models by a function takes it from customObjects, by its name or the layer's", async () => {
    const code = { mode: ["code", null, null], mode_type: "lambda" };
    const twice = ([a, b]: Operand[], { by = 2 }: { by?: number }) => add(a!, multiply(b!, by));
    for (const [merge, customObjects] of [
      [merged(code), { "Lambda>m": twice }],
      [merged({ mode: "twice", mode_type: "function" }), { twice }],
      [merged({ mode: "twice", mode_type: "function" }, { arguments: { by: 3 } }), { twice }],
    ] as const) {
      const text = JSON.stringify({ class_name: "Sequential", config: [merge], ...unsaid });
      const model = modelFromJson(text, { customObjects });
      for (const [i, weight] of model.weights.entries())
        weight.assign(fromNumbers("float32", weight.shape, new Array(weight.value.size).fill(i % 2 ? 0 : 1)));
      const x = fromNumbers("float32", [1, 3], [1, 2, 3]);
      const by = (merge.config as { arguments: { by?: number } }).arguments.by ?? 2;
      const result = (await model.predict([x, x] as never, { engine: reference })) as Tensor;
      expect([...result.data]).toEqual([6 + 6 * by, 6 + 6 * by]);
    }
    const named = merged({ mode: "twice", mode_type: "function" });
    expect(() => stackOf([named])).toThrow(/\(Lambda "m"\).*unknown function "twice"/);
  });
});

it("keys that every object has are keys like any other", () => {
  const text =
    '{"class_name": "Dense", "config": {"name": "it", "output_dim": 2, "input_dim": 3, "__proto__": 1, "constructor": {}}}';
  expect(() => stackOf([JSON.parse(text)])).toThrow(/unknown key|expected/);
});

it.each(["constructor", "toString", "__proto__"])("%s is a name like any other", (name) => {
  const dense = { name: "it", output_dim: 2, batch_input_shape: [null, 3] };
  const readDense = (more: object) => stackOf([{ class_name: "Dense", config: { ...dense, ...more } }]);
  expect(() => readDense({ W_regularizer: { name } })).toThrow(
    `(Dense "it").kernel_regularizer.class_name: unknown class "${name}".`,
  );
  const keys = JSON.parse(`{"name": "MaxNorm", "${name}": 2}`) as object;
  expect(() => readDense({ W_constraint: keys })).toThrow(
    `(Dense "it").kernel_constraint (MaxNorm): unknown key "${name}".`,
  );
});
