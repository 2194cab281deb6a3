import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectUnfolds, fill, written } from "../../test/unfolding.ts";
import { useReference } from "../engines/reference/index.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { Input } from "../layers/core/input-layer.ts";
import {
  Activation,
  Bidirectional,
  Conv1DTranspose,
  Conv2D,
  ConvLSTM2D,
  Dense,
  DepthwiseConv2D,
  EinsumDense,
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  Masking,
  RNN,
  SeparableConv1D,
  SimpleRNN,
  StackedRNNCells,
  TimeDistributed,
} from "../layers/index.ts";
import type { Layer } from "../layers/layer.ts";
import { Functional } from "../models/functional.ts";
import type { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import * as ops from "../ops/index.ts";
import { modelFromJson } from "../revive.ts";
import { modelToJson } from "../tf-keras/model-to-json.ts";
import { unfold } from "./unfold.ts";

useReference();

/** Stands for the function of Keras 2, which only its files have. */
const old = "softsign";

/** Layers with an activation, and what they take. */
const cases: readonly (readonly [
  name: string,
  shape: readonly (number | null)[],
  make: (hard: "hard_sigmoid" | "softsign") => Layer,
])[] = [
  ["Dense", [4], (activation) => new Dense({ units: 3, activation })],
  ["Dense without bias", [4], (activation) => new Dense({ units: 3, activation, use_bias: false })],
  [
    "EinsumDense",
    [2, 4],
    (activation) =>
      new EinsumDense({ equation: "abc,cd->abd", output_shape: [2, 3], bias_axes: "d", activation }),
  ],
  ["Conv2D", [5, 5, 2], (activation) => new Conv2D({ filters: 3, kernel_size: 2, activation })],
  [
    "Conv1DTranspose",
    [5, 2],
    (activation) => new Conv1DTranspose({ filters: 3, kernel_size: 2, activation }),
  ],
  ["DepthwiseConv2D", [5, 5, 2], (activation) => new DepthwiseConv2D({ kernel_size: 2, activation })],
  [
    "SeparableConv1D",
    [5, 2],
    (activation) => new SeparableConv1D({ filters: 3, kernel_size: 2, activation }),
  ],
  ["SimpleRNN", [5, 2], (activation) => new SimpleRNN({ units: 3, activation })],
  ["LSTM", [5, 2], (hard) => new LSTM({ units: 3, recurrent_activation: hard, return_sequences: true })],
  ["GRU", [5, 2], (hard) => new GRU({ units: 3, recurrent_activation: hard })],
  [
    "GRU that resets before",
    [5, 2],
    (hard) => new GRU({ units: 3, recurrent_activation: hard, reset_after: false }),
  ],
  ["GRU, both", [5, 2], (hard) => new GRU({ units: 3, activation: hard, recurrent_activation: hard })],
  ["GRU, its candidate", [5, 2], (hard) => new GRU({ units: 3, activation: hard })],
  [
    "ConvLSTM2D",
    [3, 4, 4, 2],
    (hard) => new ConvLSTM2D({ filters: 2, kernel_size: 2, recurrent_activation: hard }),
  ],
  [
    "Bidirectional",
    [5, 2],
    (hard) => new Bidirectional({ layer: new LSTM({ units: 3, recurrent_activation: hard }) }),
  ],
  [
    "Bidirectional of two classes",
    [5, 2],
    (hard) =>
      new Bidirectional({
        layer: new LSTM({ units: 3 }),
        backward_layer: new GRU({ units: 3, recurrent_activation: hard, go_backwards: true }),
      }),
  ],
  [
    "cells",
    [5, 2],
    (hard) =>
      new RNN({
        cell: new StackedRNNCells({
          cells: [
            new LSTMCell({ units: 3, recurrent_activation: hard }),
            new GRUCell({ units: 2, recurrent_activation: hard, reset_after: false }),
          ],
        }),
      }),
  ],
  [
    "TimeDistributed",
    [5, 2],
    (activation) => new TimeDistributed({ layer: new Dense({ units: 3, activation }) }),
  ],
  ["Activation", [4], (activation) => new Activation({ activation })],
];

const listed = (shape: readonly (number | null)[], ...layers: Layer[]) => {
  const model = new Sequential([Input({ shape }), ...layers], { name: "m" });
  fill(model);
  return model;
};

/** A model as a file of Keras 2 has it. */
function ofKeras2(model: Model): Model {
  const read = modelFromJson(modelToJson(model).replaceAll(`"${old}"`, '"hard_sigmoid"'));
  fill(read);
  return read;
}

describe("the hard_sigmoid of Keras 2 in Keras 3", () => {
  it.each(cases)("%s", async (_, shape, make) => {
    await expectUnfolds(ofKeras2(listed(shape, make(old))), "3.3");
  });
});

describe("the hard_sigmoid of Keras 3 in Keras 2", () => {
  it.each(cases)("%s", async (_, shape, make) => {
    await expectUnfolds(listed(shape, make("hard_sigmoid")), "2.9");
  });
});

it("is written out on every level of a graph, and of layers that are called twice", async () => {
  const inner = listed([4], new Dense({ units: 3, activation: old }), new Activation({ activation: old }));
  const x = Input({ shape: [4], name: "x" });
  const twice = new Activation({ activation: old, name: "twice" });
  const y = inner.apply(twice.apply(twice.apply(x)));
  const once = twice.inboundNodes[0]!.outputs[0] as KerasTensor;
  const model = ofKeras2(new Functional({ inputs: x, outputs: [y, once] }));
  const { notices } = await expectUnfolds(model, "3.6");
  expect(notices).toEqual([
    {
      path: 'layer "twice"',
      message: "its hard_sigmoid is that of Keras 3 now, behind a Rescaling by 1.2.",
    },
    expect.objectContaining({
      message:
        "its hard_sigmoid is that of Keras 3 now, and the weights in front of it are multiplied by 1.2.",
    }),
    expect.objectContaining({ path: expect.stringContaining("activation") }),
  ]);
});

it("hands masks on", async () => {
  const layers = [
    new Masking({ mask_value: 0 }),
    new Activation({ activation: old }),
    new LSTM({ units: 2, recurrent_activation: old }),
  ];
  const model = ofKeras2(listed([5, 2], ...layers));
  const { unfolded } = await expectUnfolds(model, "3.6", 0);
  expect(unfolded.layers.map((layer) => layer.constructor.className)).toEqual([
    "Masking",
    "Sequential",
    "LSTM",
  ]);
});

it("stays where Keras 2 would lose a mask behind a Rescaling", async () => {
  const layers = [
    new Masking(),
    new Activation({ activation: "hard_sigmoid", name: "a" }),
    new LSTM({ units: 2 }),
  ];
  const model = listed([5, 2], ...layers);
  await expect(written(unfold(model, { keras: "2.9" }), "2.9")).rejects.toThrow('layer "a"');
});

it("is not what somebody calls by that name", () => {
  function hard_sigmoid(x: KerasTensor) {
    return ops.multiply(x, 7);
  }
  const model = listed([4], new Dense({ units: 3, activation: hard_sigmoid, name: "d" }));
  const unfolded = unfold(model, { keras: "2.9" });
  expect(unfolded.layers.at(-1)).toHaveProperty("activation", hard_sigmoid);
  expect(unfolded.weights[0]?.value).toBe(model.weights[0]?.value);
});

it("is the same whatever the weights are", async () => {
  const numbers = fc.double({ min: -4, max: 4, noNaN: true });
  const model = ofKeras2(listed([4, 2], new LSTM({ units: 2, recurrent_activation: old })));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 99 }), numbers, async (k, scale) => {
      fill(model);
      await expectUnfolds(model, "3.6", scale * k);
    }),
    { numRuns: 20 },
  );
});

it("leaves what an LSTM puts its memory through, and what has no name there", async () => {
  const model = ofKeras2(listed([5, 2], new LSTM({ units: 3, activation: old, name: "lstm" })));
  const unfolded = unfold(model, { keras: "3.6" });
  await expect(written(unfolded, "3.6")).rejects.toThrow('layer "lstm": expected a layer that Keras 3.6 has');
});

it("reads weights past the model, when they are needed", async () => {
  const model = ofKeras2(listed([5, 2], new LSTM({ units: 3, recurrent_activation: old })));
  const [kernel] = model.weights;
  const value = kernel!.value;
  let reads = 0;
  kernel!.assignLazily({
    async later() {
      reads++;
      return value;
    },
  });
  const unfolded = unfold(model, { keras: "3.6" });
  expect(reads).toBe(0);
  const scaled = await unfolded.weights[0]!.load();
  expect([reads, kernel!.isMaterialized]).toEqual([1, false]);
  const columns = Array.from({ length: 12 }, (_, i) => (i >= 6 && i < 9 ? 1 : 1.2));
  columns.forEach((by, i) => {
    expect(Number(scaled.data[i])).toBeCloseTo(Number(value.data[i]) * by, 6);
  });
});
