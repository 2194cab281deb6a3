import {
  activation,
  always,
  any,
  constraint,
  float32,
  initializer,
  inputShape,
  lastAxis,
  only,
  outputShape,
  Refused,
  regularizer,
  unsaid,
  type ValueRule,
  without,
  zerosForMask,
} from "./values.ts";

/** A layer of TensorFlow.js: which keys of Keras 2 it takes, and which values of them it computes as Keras does. */
export interface TfjsLayer {
  readonly keys: Readonly<Record<string, ValueRule>>;
  /** Ranks of inputs that it takes; any unless given. */
  readonly ranks?: readonly number[];
  /** Whether it takes inputs that carry a mask; all others fail at them. */
  readonly takesMasks: boolean;
}

/** What all of them take. */
const base: Readonly<Record<string, ValueRule>> = {
  name: any,
  trainable: any,
  batch_input_shape: inputShape,
  dtype: float32,
};

/** The three keys of a weight. */
function weight(name: string): Record<string, ValueRule> {
  return {
    [`${name}_initializer`]: initializer,
    [`${name}_regularizer`]: regularizer,
    [`${name}_constraint`]: constraint,
  };
}

// A model with one refuses to predict.
const penalty = { activity_regularizer: only(null) };
const dataFormat = { data_format: any };
const channelsLast = { data_format: only("channels_last") };

const convolution: Readonly<Record<string, ValueRule>> = {
  kernel_size: any,
  strides: any,
  padding: only("valid", "same"),
  ...dataFormat,
  dilation_rate: any,
  groups: without(1),
  activation,
  use_bias: any,
  ...weight("bias"),
  ...penalty,
};

const plainConvolution = { ...convolution, filters: any, ...weight("kernel") };

/** As many ones as there are dimensions of space. */
const undilated: ValueRule = (value) =>
  [value].flat().every((rate) => rate === 1)
    ? value
    : new Refused("expected 1, because it computes without it.");

const transposed = { ...plainConvolution, dilation_rate: undilated, output_padding: without(null) };

const depthwise = { ...convolution, depth_multiplier: any, ...weight("depthwise"), dilation_rate: undilated };

// It complains about keys of a kernel that it does not have.
const separable = {
  ...convolution,
  filters: any,
  depth_multiplier: any,
  ...weight("depthwise"),
  ...weight("pointwise"),
  kernel_initializer: unsaid,
  kernel_regularizer: unsaid,
  kernel_constraint: unsaid,
};

const pooling = { pool_size: any, strides: any, padding: any, ...dataFormat };
const globalPooling = { ...dataFormat, keepdims: without(false) };

const sequence: Readonly<Record<string, ValueRule>> = {
  return_sequences: any,
  return_state: any,
  go_backwards: any,
  stateful: any,
  unroll: always(false),
  time_major: without(false),
  zero_output_for_mask: zerosForMask,
};

const cell: Readonly<Record<string, ValueRule>> = {
  units: any,
  activation,
  use_bias: any,
  ...weight("kernel"),
  ...weight("recurrent"),
  ...weight("bias"),
  dropout: any,
  recurrent_dropout: any,
};
const gated = { ...cell, recurrent_activation: activation, implementation: any };
const gru = { ...gated, reset_after: only(false) };
const lstm = { ...gated, unit_forget_bias: any };

const random = { rate: any, seed: any };
const normalization = { epsilon: any, center: any, scale: any, ...weight("beta"), ...weight("gamma") };

/** Some take inputs of some ranks only. */
const ranks: Readonly<Record<string, readonly number[]>> = {
  BatchNormalization: [2, 3, 4],
  Dot: [2, 3],
  Flatten: [3, 4, 5, 6],
  LayerNormalization: [2, 3, 4],
};

const masked: ReadonlySet<string> = new Set([
  "Activation",
  "Add",
  "AlphaDropout",
  "Average",
  "BatchNormalization",
  "Bidirectional",
  "Concatenate",
  "ConvLSTM2D",
  "Dense",
  "Dropout",
  "GRU",
  "GaussianDropout",
  "GaussianNoise",
  "LSTM",
  "LayerNormalization",
  "Masking",
  "Maximum",
  "Minimum",
  "Multiply",
  "PReLU",
  "RNN",
  "ReLU",
  "SimpleRNN",
  "SpatialDropout1D",
  "TimeDistributed",
]);

/** The layers of TensorFlow.js 4.22 that compute what those of Keras compute, by their names. */
export const tfjsLayers: Readonly<Record<string, TfjsLayer>> = layersOf({
  Activation: { activation },
  Add: {},
  AlphaDropout: { ...random, noise_shape: any },
  Average: {},
  AveragePooling1D: { ...pooling, ...channelsLast },
  AveragePooling2D: pooling,
  AveragePooling3D: pooling,
  BatchNormalization: {
    ...normalization,
    // Its kernels on the CPU compute along the last one only.
    axis: lastAxis,
    synchronized: without(false),
    renorm: without(false),
    renorm_clipping: unsaid,
    renorm_momentum: unsaid,
    momentum: any,
    moving_mean_initializer: initializer,
    moving_variance_initializer: initializer,
  },
  Concatenate: { axis: any },
  Conv1D: { ...plainConvolution, ...channelsLast },
  Conv2D: plainConvolution,
  Conv2DTranspose: transposed,
  Conv3D: plainConvolution,
  Conv3DTranspose: transposed,
  ConvLSTM2D: { ...sequence, ...plainConvolution, ...lstm, units: unsaid, implementation: unsaid },
  Cropping2D: { cropping: any, ...dataFormat },
  Dense: { units: any, activation, use_bias: any, ...weight("kernel"), ...weight("bias"), ...penalty },
  DepthwiseConv2D: depthwise,
  Dot: { axes: any, normalize: any },
  Dropout: { ...random, noise_shape: any },
  ELU: { alpha: only(1) },
  Embedding: {
    input_dim: any,
    output_dim: any,
    ...weight("embeddings"),
    ...penalty,
    mask_zero: any,
    input_length: any,
    sparse: without(false),
  },
  Flatten: dataFormat,
  GRU: { ...sequence, ...gru, ...penalty },
  GRUCell: gru,
  GaussianDropout: random,
  GaussianNoise: { stddev: any, seed: any },
  GlobalAveragePooling1D: { ...globalPooling, ...channelsLast },
  GlobalAveragePooling2D: globalPooling,
  GlobalMaxPooling1D: { ...globalPooling, ...channelsLast },
  GlobalMaxPooling2D: globalPooling,
  InputLayer: { dtype: only("float32", "int32", "bool"), sparse: without(false), ragged: without(false) },
  LSTM: { ...sequence, ...lstm, ...penalty },
  LSTMCell: lstm,
  LayerNormalization: { ...normalization, axis: any, rms_scaling: without(false) },
  LeakyReLU: { alpha: any },
  Masking: { mask_value: any },
  MaxPooling1D: { ...pooling, ...channelsLast },
  MaxPooling2D: pooling,
  MaxPooling3D: pooling,
  Maximum: {},
  Minimum: {},
  Multiply: {},
  PReLU: { ...weight("alpha"), shared_axes: any },
  Permute: { dims: any },
  ReLU: { max_value: any, negative_slope: without(0), threshold: without(0) },
  RepeatVector: { n: any },
  Rescaling: { scale: any, offset: any },
  Reshape: { target_shape: outputShape },
  SeparableConv2D: separable,
  SimpleRNN: { ...sequence, ...cell, ...penalty },
  SimpleRNNCell: cell,
  Softmax: { axis: lastAxis },
  SpatialDropout1D: { ...random, noise_shape: any },
  ThresholdedReLU: { theta: any },
  UpSampling2D: { size: any, ...dataFormat, interpolation: only("nearest") },
  ZeroPadding2D: { padding: any, ...dataFormat },
});

/** Layers that hold others: their own keys; those of the layers inside are looked at by themselves. */
export const tfjsWrappers: Readonly<Record<string, TfjsLayer>> = layersOf({
  Bidirectional: { merge_mode: any },
  RNN: sequence,
  StackedRNNCells: {},
  TimeDistributed: {},
});

function layersOf(
  own: Readonly<Record<string, Readonly<Record<string, ValueRule>>>>,
): Record<string, TfjsLayer> {
  return Object.fromEntries(
    Object.entries(own).map(([name, keys]) => {
      const only = ranks[name];
      return [
        name,
        { keys: { ...base, ...keys }, takesMasks: masked.has(name), ...(only && { ranks: only }) },
      ];
    }),
  );
}
