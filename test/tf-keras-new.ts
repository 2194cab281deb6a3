import { MaxNorm } from "../src/constraints/index.ts";
import { Input, Model, Sequential } from "../src/index.ts";
import { GlorotNormal, HeNormal, OrthogonalInitializer, RandomUniform } from "../src/initializers/index.ts";
import * as layers from "../src/layers/index.ts";
import { L1, L2 } from "../src/regularizers/index.ts";

const input = (shape: readonly (number | null)[], name = "x") => Input({ shape, name });
const dense = (
  units: number,
  name: string,
  options: Partial<ConstructorParameters<typeof layers.Dense>[0]> = {},
) => new layers.Dense({ units, name, ...options });

/** The models of golden/keras2/models_new.py, built here. */
export const newModels: Readonly<Record<string, () => Model>> = {
  new_dense_stack: () =>
    new Sequential(
      [
        input([4]),
        dense(8, "wide", { activation: "relu" }),
        new layers.Dropout({ rate: 0.5, name: "drop" }),
        new layers.BatchNormalization({ name: "norm" }),
        dense(1, "last", { activation: "sigmoid" }),
      ],
      { name: "stack" },
    ),
  new_conv_stack: () =>
    new Sequential(
      [
        input([8, 8, 1]),
        new layers.Conv2D({
          filters: 4,
          kernel_size: 3,
          padding: "same",
          activation: "relu",
          kernel_regularizer: new L2({ l2: 0.01 }),
          name: "conv",
        }),
        new layers.MaxPooling2D({ name: "pool" }),
        new layers.Conv2D({ filters: 2, kernel_size: 2, strides: 2, use_bias: false, name: "smaller" }),
        new layers.Flatten({ name: "flat" }),
        dense(3, "last", { activation: "softmax" }),
      ],
      { name: "images" },
    ),
  new_lstm_stack: () =>
    new Sequential(
      [
        Input({ shape: [5], dtype: "int32", name: "x" }),
        new layers.Embedding({ input_dim: 6, output_dim: 3, mask_zero: true, name: "words" }),
        new layers.LSTM({ units: 4, return_sequences: true, name: "first" }),
        new layers.GRU({ units: 2, dropout: 0.1, name: "second" }),
        dense(1, "last"),
      ],
      { name: "sequences" },
    ),
  new_without_input: () => new Sequential([dense(4, "first"), dense(2, "last")], { name: "open" }),
  new_given_shape: () =>
    new Sequential(
      [input([4, 3], "first_input"), new layers.LSTM({ units: 2, name: "first" }), dense(1, "last")],
      { name: "shaped" },
    ),
  new_recurrent_graph() {
    const x = input([4, 3]);
    const lstm = new layers.LSTM({
      units: 3,
      return_sequences: true,
      kernel_regularizer: new L1({ l1: 0.5 }),
      recurrent_constraint: new MaxNorm({ max_value: 2 }),
      name: "lstm",
    });
    const gru = new layers.GRU({
      units: 2,
      return_sequences: true,
      activity_regularizer: new L2({ l2: 0.25 }),
      name: "gru",
    });
    const simple = new layers.SimpleRNN({ units: 2, name: "simple" });
    const y = simple.apply(gru.apply(lstm.apply(x)));
    return new Model({ inputs: x, outputs: dense(2, "last").apply(y), name: "recurrent" });
  },
  new_both_ways() {
    const x = input([4, 3]);
    const layer = new layers.LSTM({ units: 2, return_sequences: true, name: "lstm" });
    const y = new layers.Bidirectional({ layer, name: "ways" }).apply(x);
    const each = new layers.TimeDistributed({ layer: dense(2, "dense"), name: "each" });
    return new Model({ inputs: x, outputs: each.apply(y as never), name: "both" });
  },
  new_stacked_cells() {
    const x = input([4, 3]);
    const kernel_initializer = new GlorotNormal({ seed: 1 });
    const cells = [
      new layers.LSTMCell({ units: 3, kernel_initializer, name: "a" }),
      new layers.GRUCell({ units: 2, kernel_initializer, name: "b" }),
    ];
    const cell = new layers.StackedRNNCells({ cells, name: "cells" });
    return new Model({
      inputs: x,
      outputs: new layers.RNN({ cell, name: "rnn" }).apply(x) as never,
      name: "stacked",
    });
  },
  new_shared_layer() {
    const [a, b] = [input([3], "a"), input([3], "b")];
    const shared = dense(4, "shared", { activation: "tanh" });
    const joined = new layers.Concatenate({ name: "join" }).apply([shared.apply(a), shared.apply(b)]);
    return new Model({ inputs: [a, b], outputs: dense(1, "last").apply(joined), name: "sharing" });
  },
  new_shared_objects() {
    const x = input([3]);
    const kernel_initializer = new RandomUniform({ minval: -0.5, maxval: 0.5, seed: 4 });
    const penalty = new L2({ l2: 0.125 });
    const limit = new MaxNorm({ max_value: 3 });
    let y = dense(3, "first", { kernel_initializer, kernel_regularizer: penalty }).apply(x);
    y = dense(2, "second", { kernel_initializer, bias_regularizer: penalty, kernel_constraint: limit }).apply(
      y,
    );
    const third = dense(2, "third", { kernel_constraint: limit, bias_constraint: limit });
    return new Model({ inputs: x, outputs: third.apply(y), name: "objects" });
  },
  new_shared_in_convolutions() {
    const x = input([6, 6, 2]);
    const start = new HeNormal({ seed: 2 });
    const bias_regularizer = new L1({ l1: 0.25 });
    const depths = new layers.DepthwiseConv2D({
      kernel_size: 3,
      depthwise_initializer: start,
      bias_regularizer,
      name: "depths",
    });
    const separable = new layers.SeparableConv2D({
      filters: 3,
      kernel_size: 2,
      pointwise_initializer: start,
      bias_regularizer,
      name: "separable",
    });
    const back = new layers.Conv2DTranspose({
      filters: 2,
      kernel_size: 2,
      kernel_initializer: start,
      name: "back",
    });
    const outputs = back.apply(separable.apply(depths.apply(x)));
    return new Model({ inputs: x, outputs, name: "convolutions" });
  },
  new_shared_with_inner() {
    const kernel_initializer = new OrthogonalInitializer({ seed: 3 });
    const innerX = input([3], "inner_x");
    const two = dense(3, "two", { kernel_initializer });
    const outputs = two.apply(dense(3, "one", { kernel_initializer }).apply(innerX));
    const inner = new Model({ inputs: innerX, outputs, name: "inner" });
    const row = new Sequential([input([3], "row_x"), dense(3, "three", { kernel_initializer })], {
      name: "row",
    });
    const x = input([3]);
    const y = dense(3, "before", { kernel_initializer }).apply(x);
    const sum = new layers.Add({ name: "sum" }).apply([inner.apply(y) as never, row.apply(y) as never]);
    return new Model({ inputs: x, outputs: sum, name: "outer" });
  },
  new_attention() {
    const x = input([4, 6]);
    const attended = new layers.MultiHeadAttention({ num_heads: 2, key_dim: 3, name: "attention" }).apply(
      x,
      x,
    );
    const sum = new layers.Add({ name: "sum" }).apply([x, attended as never]);
    const y = new layers.LayerNormalization({ name: "norm" }).apply(sum);
    const mean = new layers.GlobalAveragePooling1D({ name: "mean" }).apply(y);
    return new Model({ inputs: x, outputs: dense(2, "last").apply(mean), name: "attending" });
  },
  new_mixed() {
    const dtype = "mixed_float16";
    const x = input([4, 3]);
    const y = new layers.Conv1D({
      filters: 4,
      kernel_size: 2,
      padding: "same",
      dtype,
      name: "conv",
    }).apply(x);
    const layer = dense(3, "inner", { dtype });
    const each = new layers.TimeDistributed({ layer, dtype, name: "each" }).apply(y);
    const flat = new layers.Flatten({ dtype, name: "flat" }).apply(each as never);
    return new Model({
      inputs: x,
      outputs: dense(2, "last", { dtype: "float32" }).apply(flat),
      name: "mixed",
    });
  },
  new_two_outputs() {
    const x = input([4]);
    const y = dense(3, "base", { activation: "relu" }).apply(x);
    const outputs = [dense(1, "number").apply(y), dense(3, "kind", { activation: "softmax" }).apply(y)];
    return new Model({ inputs: x, outputs, name: "outputs" });
  },
};
