import { describe, expect, it } from "vitest";
import { expectUnfolds, fill, written } from "../../test/unfolding.ts";
import type { ActivationName } from "../activations/table.ts";
import { useReference } from "../engines/reference/index.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { Input } from "../layers/core/input-layer.ts";
import * as layers from "../layers/index.ts";
import type { Layer } from "../layers/layer.ts";
import { Functional } from "../models/functional.ts";
import { Sequential } from "../models/sequential.ts";
import { layersUnfolded } from "./rows.ts";
import { unfold } from "./unfold.ts";

useReference();

type Case = readonly [
  keras: string,
  shape: readonly (number | null)[],
  dtype: "float32" | "int32",
  make: () => Layer,
];

const average = {
  "1D": layers.AdaptiveAveragePooling1D,
  "2D": layers.AdaptiveAveragePooling2D,
  "3D": layers.AdaptiveAveragePooling3D,
};
const largest = {
  "1D": layers.AdaptiveMaxPooling1D,
  "2D": layers.AdaptiveMaxPooling2D,
  "3D": layers.AdaptiveMaxPooling3D,
};

const cases: Readonly<Record<string, readonly Case[]>> = {
  AdaptiveAveragePooling1D: [["3.6", [6, 2], "float32", () => new average["1D"]({ output_size: 3 })]],
  AdaptiveAveragePooling2D: [
    ["3.6", [6, 4, 2], "float32", () => new average["2D"]({ output_size: [3, 2] })],
    ["2.9", [2, 6, 4], "float32", () => new average["2D"]({ output_size: 2, data_format: "channels_first" })],
  ],
  AdaptiveAveragePooling3D: [["3.0", [4, 4, 4, 1], "float32", () => new average["3D"]({ output_size: 2 })]],
  AdaptiveMaxPooling1D: [["2.15", [6, 2], "float32", () => new largest["1D"]({ output_size: 3 })]],
  AdaptiveMaxPooling2D: [["3.6", [6, 4, 2], "float32", () => new largest["2D"]({ output_size: [3, 2] })]],
  AdaptiveMaxPooling3D: [["3.0", [4, 4, 4, 1], "float32", () => new largest["3D"]({ output_size: 2 })]],
  BatchNormalization: [["3.12", [4], "float32", () => new layers.BatchNormalization({ renorm: true })]],
  Identity: [["2.9", [4], "float32", () => new layers.Identity()]],
  LayerNormalization: [
    ["2.9", [3, 4], "float32", () => new layers.LayerNormalization({ rms_scaling: true })],
    ["2.15", [3, 4], "float32", () => new layers.LayerNormalization({ rms_scaling: true, axis: [1, 2] })],
  ],
  ReversibleEmbedding: [
    ["3.6", [5], "int32", () => new layers.ReversibleEmbedding({ input_dim: 4, output_dim: 2 })],
    ["2.9", [5], "int32", () => new layers.ReversibleEmbedding({ input_dim: 4, output_dim: 2 })],
  ],
  RMSNormalization: [
    ["3.0", [4], "float32", () => new layers.RMSNormalization({ epsilon: 1e-3 })],
    ["3.6", [null, 4], "float32", () => new layers.RMSNormalization()],
    ["3.6", [3, 4], "float32", () => new layers.RMSNormalization({ axis: [1, 2] })],
    ["3.6", [3, 4], "float32", () => new layers.RMSNormalization({ dtype: "mixed_float16" })],
    ["2.9", [3, 4], "float32", () => new layers.RMSNormalization()],
  ],
};

it("every row has a case", () => {
  expect(Object.keys(cases).sort()).toEqual([...layersUnfolded].sort());
});

const flat = Object.entries(cases).flatMap(([name, list]) => list.map((each) => [name, ...each] as const));

describe("in a graph", () => {
  it.each(flat)("%s in %s, of %j", async (_, keras, shape, dtype, make) => {
    const x = Input({ shape, dtype, name: "x" });
    const model = new Functional({ inputs: x, outputs: make().apply(x as never) as never, name: "m" });
    fill(model);
    await expectUnfolds(model, keras);
  });
});

describe("in a list", () => {
  it.each(flat)("%s in %s, of %j", async (_, keras, shape, dtype, make) => {
    const layer = make();
    const last = new layers.Flatten({ dtype: layer.dtype_policy });
    const model = new Sequential([Input({ shape, dtype }), layer, last], { name: "m" });
    fill(model);
    await expectUnfolds(model, keras);
  });
});

describe("activations", () => {
  const activations: readonly (readonly [ActivationName, string])[] = [
    ...(["celu", "glu", "hard_shrink", "hard_tanh", "log_sigmoid"] as const).map(
      (name) => [name, "3.6"] as const,
    ),
    ...(["soft_shrink", "squareplus", "tanh_shrink", "sparsemax"] as const).map(
      (name) => [name, "3.0"] as const,
    ),
    ...(["sparse_plus", "sparse_sigmoid"] as const).map((name) => [name, "3.6"] as const),
    ...(["glu", "hard_silu", "hard_tanh", "log_sigmoid", "celu", "mish"] as const).map(
      (name) => [name, "2.9"] as const,
    ),
  ];

  it.each(activations)("%s in %s", async (activation, keras) => {
    const x = Input({ shape: [6, 4], name: "x" });
    const dense = new layers.Dense({ units: 4, activation, name: "dense" });
    const y = new layers.Activation({ activation, name: "last" }).apply(dense.apply(x));
    const conv = new layers.Conv1D({ filters: 2, kernel_size: 2, activation });
    const list = new Sequential([Input({ shape: [6, 4] }), conv, new layers.Flatten()], { name: "list" });
    const model = new Functional({ inputs: x, outputs: [y, list.apply(x)], name: "m" });
    fill(model);
    await expectUnfolds(model, keras);
  });
});

describe("a layer that is called, and stands in a list, too,", () => {
  const called = [
    (norm: Layer, list: Sequential, x: KerasTensor) => list.apply(norm.apply(x) as KerasTensor),
    (norm: Layer, list: Sequential, x: KerasTensor) => norm.apply(list.apply(x) as KerasTensor),
  ];
  it.each(called)("has one weight, whichever comes first: %#", async (make) => {
    const norm = new layers.RMSNormalization({ name: "norm" });
    const list = new Sequential([Input({ shape: [4] }), norm, new layers.Dense({ units: 4 })]);
    const x = Input({ shape: [4], name: "x" });
    const model = new Functional({ inputs: x, outputs: make(norm, list, x) as KerasTensor, name: "m" });
    fill(model);
    const { unfolded } = await expectUnfolds(model, "3.3");
    expect(unfolded.weights.length).toBe(model.weights.length);
  });
});

it("keeps what the weights of a layer begin with, and their rules", () => {
  const norm = new layers.LayerNormalization({
    rms_scaling: true,
    gamma_regularizer: "l2",
    gamma_constraint: "non_neg",
    name: "norm",
  });
  const last = new layers.BatchNormalization({ renorm: true, beta_regularizer: "l1", name: "last" });
  const x = Input({ shape: [4], name: "x" });
  const outputs = last.apply(norm.apply(x) as KerasTensor) as KerasTensor;
  const model = new Functional({ inputs: x, outputs, name: "m" });
  const unfolded = unfold(model, { keras: "2.9", weights: "fresh" });
  expect(unfolded.getLayer("norm").getConfig()).toMatchObject({
    kernel_initializer: { class_name: "Ones" },
    kernel_regularizer: { class_name: "L2" },
    kernel_constraint: { class_name: "NonNeg" },
  });
  expect(unfolded.getLayer("last").getConfig()).toMatchObject({ beta_regularizer: { class_name: "L1" } });
});

it("says what became of each, by names that say what for", async () => {
  const x = Input({ shape: [3, 4], name: "x" });
  const dense = new layers.Dense({ units: 2, activation: "tanh_shrink", name: "dense" });
  const y = dense.apply(new layers.RMSNormalization({ name: "norm" }).apply(x));
  const model = new Functional({ inputs: x, outputs: y, name: "m" });
  fill(model);
  const { unfolded, notices } = await expectUnfolds(model, "3.3");
  expect(notices).toEqual([
    {
      path: 'layer "norm"',
      message: "is written out as operations and an EinsumDense that has its scale.",
    },
    { path: 'layer "dense"', message: "its tanh_shrink is written out as operations." },
  ]);
  const names = unfolded.operations.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      "x",
      "norm",
      "norm_square",
      "norm_mean",
      "dense",
      "dense_tanh",
      "dense_subtract",
    ]),
  );
});

it.each<[string, () => Layer[], string, string]>([
  [
    "windows of several sizes",
    () => [new layers.AdaptiveMaxPooling1D({ output_size: 4 })],
    "3.6",
    "received AdaptiveMaxPooling1D",
  ],
  [
    "operations where masks go on",
    () => [
      new layers.Masking(),
      new layers.Dense({ units: 2, activation: "glu" }),
      new layers.LSTM({ units: 1 }),
    ],
    "3.6",
    ".activation: expected what Keras 3.6 takes",
  ],
  [
    "an activation inside of a cell",
    () => [new layers.LSTM({ units: 2, activation: "hard_tanh" })],
    "3.6",
    ".activation: expected what Keras 3.6 takes",
  ],
  [
    "a gamma over axes that are not in their order",
    () => [new layers.LayerNormalization({ rms_scaling: true, axis: [2, 1] })],
    "2.9",
    "rms_scaling",
  ],
  ["what draws in training", () => [new layers.RandomInvert()], "3.6", "received RandomInvert"],
])("leaves %s", async (_, make, keras, message) => {
  const shape = message.includes("Invert") ? [6, 4, 3] : [6, 4];
  const model = new Sequential([Input({ shape }), ...make()], { name: "m" });
  fill(model);
  await expect(written(unfold(model, { keras }), keras)).rejects.toThrow(message);
});

it("leaves a layer whose calls are not alike", async () => {
  const norm = new layers.RMSNormalization({ name: "norm" });
  const x = Input({ shape: [3, 4], name: "x" });
  const longer = new layers.UpSampling1D().apply(x) as KerasTensor;
  const outputs = [norm.apply(x), norm.apply(longer)] as KerasTensor[];
  const model = new Functional({ inputs: x, outputs, name: "m" });
  await expect(written(unfold(model, { keras: "3.6" }), "3.6")).rejects.toThrow("received RMSNormalization");
});
