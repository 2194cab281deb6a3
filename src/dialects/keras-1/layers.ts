import type { JsonObject } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { type OldConfig, onlyAs } from "../keras-2/old-config.ts";
import { withOutputPadding } from "./output-padding.ts";
import { paddingOf1D, paddingOf2D } from "./padding.ts";

const any = () => true;
const zero = /* @__PURE__ */ onlyAs(0);

const weights = {
  init: "kernel_initializer",
  bias: "use_bias",
  W_regularizer: "kernel_regularizer",
  b_regularizer: "bias_regularizer",
  W_constraint: "kernel_constraint",
  b_constraint: "bias_constraint",
};
const windows = { border_mode: "padding", dim_ordering: "data_format" };
const inputs = { input_dim: any, input_length: any };
const kernels = {
  ...weights,
  ...windows,
  nb_filter: "filters",
  subsample: "strides",
  subsample_length: "strides",
  filter_length: "kernel_size",
  atrous_rate: "dilation_rate",
};

const convolution: OldConfig = {
  renamed: kernels,
  gone: inputs,
  whole: withKernelSize,
};
const recurrent: OldConfig = {
  renamed: {
    ...weights,
    output_dim: "units",
    inner_init: "recurrent_initializer",
    inner_activation: "recurrent_activation",
    U_regularizer: "recurrent_regularizer",
    dropout_W: "dropout",
    dropout_U: "recurrent_dropout",
    forget_bias_init: "unit_forget_bias",
  },
  gone: { ...inputs, consume_less: any },
  values: { forget_bias_init: (name) => name === "one" },
};
const dropout: OldConfig = { renamed: { p: "rate", dim_ordering: "data_format" } };
const pooling: OldConfig = {
  renamed: { ...windows, pool_length: "pool_size", stride: "strides" },
};
const resized: OldConfig = { renamed: { ...windows, length: "size" } };
/** A Merge said everything of every way to merge. */
const ofMerge = {
  mode: any,
  mode_type: any,
  output_shape: any,
  output_shape_type: any,
  output_mask: any,
  output_mask_type: any,
  arguments: any,
  node_indices: any,
  tensor_indices: any,
};
/** A Merge by a function. */
const lambda: OldConfig = {
  renamed: {
    mode: "function",
    mode_type: "function_type",
    output_mask: "mask",
    output_mask_type: "mask_type",
  },
  gone: { node_indices: any, tensor_indices: any, concat_axis: any, dot_axes: any },
};
const merging: OldConfig = { gone: { ...ofMerge, concat_axis: any, dot_axes: any } };

/** By class of `keras.layers` under the name that it has now: what its keys were in Keras 1. */
export const oldLayers: Readonly<Record<string, OldConfig>> = {
  Add: merging,
  Average: merging,
  Maximum: merging,
  Multiply: merging,
  Concatenate: { renamed: { concat_axis: "axis" }, gone: { ...ofMerge, dot_axes: any } },
  Dot: { renamed: { dot_axes: "axes" }, gone: { ...ofMerge, concat_axis: any } },
  BatchNormalization: {
    renamed: { beta_init: "beta_initializer", gamma_init: "gamma_initializer" },
    gone: { mode: zero },
  },
  Dense: { renamed: { ...weights, output_dim: "units" }, gone: inputs },
  Embedding: {
    renamed: {
      init: "embeddings_initializer",
      W_regularizer: "embeddings_regularizer",
      W_constraint: "embeddings_constraint",
    },
    gone: { dropout: any, input_length: any },
  },
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  Conv2DTranspose: { ...convolution, whole: (config) => withOutputPadding(withKernelSize(config)) },
  LocallyConnected1D: convolution,
  LocallyConnected2D: convolution,
  SeparableConv2D: { ...convolution, whole: (config) => forBothKernels(withKernelSize(config)) },
  ConvLSTM2D: {
    ...recurrent,
    renamed: { ...kernels, ...recurrent.renamed },
    whole: withKernelSize,
  },
  GRU: { ...recurrent, unsaid: { reset_after: false } },
  LSTM: recurrent,
  Lambda: lambda,
  SimpleRNN: recurrent,
  Dropout: dropout,
  GaussianDropout: dropout,
  SpatialDropout1D: dropout,
  SpatialDropout2D: dropout,
  SpatialDropout3D: dropout,
  GaussianNoise: { renamed: { sigma: "stddev" } },
  PReLU: { renamed: { init: "alpha_initializer" } },
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  AveragePooling3D: pooling,
  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  MaxPooling3D: pooling,
  GlobalAveragePooling2D: pooling,
  GlobalAveragePooling3D: pooling,
  GlobalMaxPooling2D: pooling,
  GlobalMaxPooling3D: pooling,
  UpSampling1D: resized,
  UpSampling2D: resized,
  UpSampling3D: resized,
  Cropping2D: resized,
  Cropping3D: resized,
  ZeroPadding1D: { renamed: windows, values: { padding: paddingOf1D } },
  ZeroPadding2D: { renamed: windows, values: { padding: paddingOf2D } },
  ZeroPadding3D: { renamed: windows },
};

/** The sizes of a kernel had a key each. */
function withKernelSize(config: JsonObject): JsonObject {
  const { nb_row: rows, nb_col: columns, ...rest } = config;
  const { kernel_dim1: first, kernel_dim2: second, kernel_dim3: third, ...others } = rest;
  const sizes = rows === undefined ? [first, second, third] : [rows, columns];
  const known = sizes.filter((size) => size !== undefined);
  if (known.length === 0 || known.length < sizes.length) return config;
  const result: JsonObject = { ...others, kernel_size: known };
  copyMarks(config, result);
  return result;
}

/** What was said of both kernels of a separable convolution is said of each. */
function forBothKernels({ kernel_initializer: initializer, ...config }: JsonObject): JsonObject {
  if (initializer === undefined) return config;
  return { ...config, depthwise_initializer: initializer, pointwise_initializer: initializer };
}
