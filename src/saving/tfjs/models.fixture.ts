import { Input } from "../../layers/core/input-layer.ts";
import * as l from "../../layers/index.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Model } from "../../models/model.ts";
import { Sequential } from "../../models/sequential.ts";
import { fromNumbers } from "../../tensor/cast.ts";
import { sizeOf } from "../../tensor/shape.ts";

/** A model that TensorFlow.js can hold, by a name. */
export type Example = readonly [name: string, make: () => Model];

const sequential = (shape: number[], ...layers: Layer[]): Model =>
  new Sequential([Input({ shape }), ...layers]);
const images = [7, 6, 3];
const volumes = [5, 4, 4, 2];
const steps = [6, 3];
const channelsFirst = { data_format: "channels_first" } as const;

/** Models of Keras 3 that TensorFlow.js can hold. */
export const examples: readonly Example[] = [
  ["a Dense", () => sequential([4], new l.Dense({ units: 3, activation: "relu" }))],
  [
    "activations",
    () =>
      sequential(
        [4],
        ...(["elu", "gelu", "linear", "log_softmax", "relu", "relu6", "selu"] as const).map(
          (activation) => new l.Dense({ units: 5, activation }),
        ),
      ),
  ],
  [
    "more activations",
    () =>
      sequential(
        [4],
        ...(["sigmoid", "softmax", "softplus", "softsign", "silu", "tanh"] as const).map(
          (activation) => new l.Dense({ units: 5, activation }),
        ),
        new l.Activation({ activation: "swish" }),
      ),
  ],
  [
    "initializers, regularizers and a Dense without a bias",
    () =>
      sequential(
        [4],
        new l.Dense({
          units: 3,
          use_bias: false,
          kernel_initializer: "lecun_uniform",
          kernel_regularizer: "l1",
        }),
        new l.Dense({
          units: 3,
          kernel_initializer: "he_normal",
          kernel_regularizer: "l2",
          bias_regularizer: "l1_l2",
        }),
        new l.Dense({ units: 3, kernel_initializer: "orthogonal", kernel_constraint: "max_norm" }),
        new l.Dense({ units: 3, kernel_initializer: "variance_scaling", bias_constraint: "non_neg" }),
      ),
  ],
  [
    "convolutions of images",
    () =>
      sequential(
        images,
        new l.ZeroPadding2D({
          padding: [
            [1, 2],
            [0, 1],
          ],
        }),
        new l.Conv2D({ filters: 4, kernel_size: 3, activation: "relu", padding: "same" }),
        new l.MaxPooling2D({ pool_size: 2, padding: "same" }),
        new l.Conv2D({ filters: 2, kernel_size: [2, 1], strides: [1, 2] }),
        new l.Flatten(),
        new l.Dense({ units: 2, activation: "softmax" }),
      ),
  ],
  [
    "dilated and depthwise convolutions",
    () =>
      sequential(
        images,
        new l.Conv2D({ filters: 4, kernel_size: 2, dilation_rate: 2, use_bias: false }),
        new l.DepthwiseConv2D({ kernel_size: 2, depth_multiplier: 2, activation: "relu6" }),
        new l.SeparableConv2D({ filters: 3, kernel_size: 2, activation: "tanh" }),
        new l.GlobalAveragePooling2D(),
      ),
  ],
  [
    "transposed convolutions",
    () =>
      sequential(
        images,
        new l.Conv2DTranspose({ filters: 2, kernel_size: 3, strides: 2, padding: "same" }),
        new l.Conv2DTranspose({ filters: 3, kernel_size: 2, activation: "relu" }),
        new l.GlobalMaxPooling2D(),
      ),
  ],
  [
    "convolutions of volumes",
    () =>
      sequential(
        volumes,
        new l.Conv3D({ filters: 3, kernel_size: 2, activation: "relu" }),
        new l.Conv3DTranspose({ filters: 2, kernel_size: 2, strides: 2 }),
        new l.MaxPooling3D({ pool_size: 2 }),
        new l.AveragePooling3D({ pool_size: 2, padding: "same", strides: 1 }),
      ),
  ],
  [
    "convolutions of sequences",
    () =>
      sequential(
        steps,
        new l.Conv1D({ filters: 4, kernel_size: 3, padding: "same", activation: "relu" }),
        new l.MaxPooling1D({ pool_size: 2 }),
        new l.Conv1D({ filters: 2, kernel_size: 2, dilation_rate: 2 }),
        new l.AveragePooling1D({ pool_size: 1 }),
        new l.GlobalAveragePooling1D(),
      ),
  ],
  ["a pool of sequences", () => sequential(steps, new l.GlobalMaxPooling1D())],
  [
    "channels first",
    () =>
      sequential(
        [3, 7, 6],
        new l.Conv2D({ filters: 4, kernel_size: 2, ...channelsFirst }),
        new l.MaxPooling2D({ pool_size: 2, ...channelsFirst }),
        new l.UpSampling2D({ size: 2, ...channelsFirst }),
        new l.Cropping2D({ cropping: 1, ...channelsFirst }),
        new l.ZeroPadding2D({ padding: 1, ...channelsFirst }),
        new l.Conv2DTranspose({ filters: 2, kernel_size: 2, ...channelsFirst }),
        new l.DepthwiseConv2D({ kernel_size: 2, ...channelsFirst }),
        new l.AveragePooling2D({ pool_size: 2, strides: 1, ...channelsFirst }),
        new l.Flatten(channelsFirst),
      ),
  ],
  ["a pool of channels first", () => sequential([3, 7, 6], new l.GlobalMaxPooling2D(channelsFirst))],
  [
    "sizes of images",
    () =>
      sequential(
        images,
        new l.UpSampling2D({ size: [2, 3] }),
        new l.Cropping2D({
          cropping: [
            [1, 2],
            [3, 0],
          ],
        }),
        new l.AveragePooling2D({ pool_size: 2, padding: "same" }),
        new l.Rescaling({ scale: 2, offset: -1 }),
      ),
  ],
  [
    "normalizations",
    () =>
      sequential(
        images,
        new l.BatchNormalization({ epsilon: 0.01 }),
        new l.LayerNormalization(),
        new l.LayerNormalization({ axis: [2, 3], center: false }),
        new l.BatchNormalization({ scale: false, center: false }),
      ),
  ],
  [
    "a normalization of vectors",
    () => sequential([5], new l.BatchNormalization(), new l.LayerNormalization({ scale: false })),
  ],
  [
    "rectifiers",
    () =>
      sequential(
        [6],
        new l.LeakyReLU({ negative_slope: 0.1 }),
        new l.ReLU({ max_value: 6 }),
        new l.ReLU({ negative_slope: 0.2 }),
        new l.ELU(),
        new l.PReLU({ alpha_initializer: "ones" }),
        new l.Softmax(),
      ),
  ],
  [
    "a shared slope",
    () => sequential(images, new l.PReLU({ shared_axes: [1, 2], alpha_initializer: "random_uniform" })),
  ],
  [
    "shapes",
    () =>
      sequential(
        [12],
        new l.Flatten(),
        new l.Reshape({ target_shape: [3, -1] }),
        new l.Permute({ dims: [2, 1] }),
        new l.Flatten(),
        new l.RepeatVector({ n: 2 }),
      ),
  ],
  [
    "what drops and adds noise",
    () =>
      sequential(
        images,
        new l.Dropout({ rate: 0.5, noise_shape: [null, 1, 1, null] }),
        new l.SpatialDropout2D({ rate: 0.5 }),
        new l.GaussianNoise({ stddev: 1 }),
        new l.GaussianDropout({ rate: 0.5 }),
        new l.AlphaDropout({ rate: 0.5 }),
        new l.Conv2D({ filters: 2, kernel_size: 1 }),
      ),
  ],
  [
    "dropped steps",
    () => sequential(steps, new l.SpatialDropout1D({ rate: 0.3 }), new l.Dense({ units: 2 })),
  ],
  [
    "dropped volumes",
    () => sequential(volumes, new l.SpatialDropout3D({ rate: 0.3 }), new l.Dense({ units: 2 })),
  ],
  ["an LSTM", () => sequential(steps, new l.LSTM({ units: 4 }))],
  [
    "recurrent layers on top of each other",
    () =>
      sequential(
        steps,
        new l.LSTM({ units: 4, return_sequences: true, go_backwards: true, unit_forget_bias: false }),
        new l.GRU({ units: 3, return_sequences: true, reset_after: false, recurrent_activation: "sigmoid" }),
        new l.SimpleRNN({ units: 5, activation: "relu", use_bias: false }),
      ),
  ],
  [
    "both directions",
    () =>
      sequential(
        steps,
        new l.Bidirectional({ layer: new l.LSTM({ units: 3, return_sequences: true }) }),
        new l.Bidirectional({
          layer: new l.SimpleRNN({ units: 2, return_sequences: true }),
          merge_mode: "ave",
        }),
        new l.Bidirectional({ layer: new l.GRU({ units: 3, reset_after: false }), merge_mode: "sum" }),
      ),
  ],
  [
    "cells",
    () =>
      sequential(
        steps,
        new l.RNN({ cell: new l.SimpleRNNCell({ units: 3 }), return_sequences: true }),
        new l.RNN({ cell: [new l.LSTMCell({ units: 4 }), new l.GRUCell({ units: 2, reset_after: false })] }),
      ),
  ],
  ["steps of a Dense", () => sequential(steps, new l.TimeDistributed({ layer: new l.Dense({ units: 2 }) }))],
  [
    "steps of a model",
    () => {
      const inner = sequential([3], new l.Dense({ units: 4, activation: "tanh" }), new l.Dense({ units: 2 }));
      return sequential(steps, new l.TimeDistributed({ layer: inner }), new l.LSTM({ units: 2 }));
    },
  ],
  ["images over time", () => sequential([3, 5, 4, 2], new l.ConvLSTM2D({ filters: 2, kernel_size: 2 }))],
  [
    "words",
    () => sequential([5], new l.Embedding({ input_dim: 4, output_dim: 3 }), new l.GlobalAveragePooling1D()),
  ],
  [
    "masked words",
    () =>
      sequential(
        [5],
        new l.Embedding({ input_dim: 4, output_dim: 3, mask_zero: true }),
        new l.LSTM({ units: 4, return_sequences: true }),
        new l.Bidirectional({ layer: new l.LSTM({ units: 2 }) }),
        new l.Dense({ units: 1 }),
      ),
  ],
  [
    "masked steps",
    () => sequential(steps, new l.Masking({ mask_value: 1 }), new l.GRU({ units: 3, reset_after: false })),
  ],
  [
    "a Sequential in a Sequential",
    () =>
      sequential(
        [4],
        sequential([4], new l.Dense({ units: 3 }), new l.Dropout({ rate: 0.1 })),
        new l.Dense({ units: 1 }),
      ),
  ],
  [
    "frozen layers",
    () =>
      sequential(
        [4],
        Object.assign(new l.Dense({ units: 3 }), { trainable: false }),
        new l.BatchNormalization({ trainable: false }),
        new l.Dense({ units: 1 }),
      ),
  ],
  [
    "names with signs",
    () =>
      sequential(
        [3],
        new l.Dense({ units: 2, name: "my.dense-layer_of_1" }),
        new l.Dense({ units: 1, name: "Camel_caseD" }),
      ),
  ],
];

/** The same model with weights none of which is like another, but for those that must fulfil a constraint. */
export function withNewWeights(model: Model): Model {
  for (const [i, weight] of model.weights.entries()) {
    const scale = weight.constraint ? 0.1 : 0.4;
    const number = (j: number) => 0.1 + scale * Math.abs(Math.sin(i * 7 + j * 1.7));
    const numbers = Array.from({ length: sizeOf(weight.shape) }, (_, j) => number(j));
    weight.assign(fromNumbers(weight.dtype, weight.shape, numbers));
  }
  return model;
}
