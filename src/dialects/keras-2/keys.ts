import type { JsonValue } from "../../json/json.ts";

/** A key that Keras 2 writes. */
export interface OldKey {
  readonly key: string;
  /** What stands where Keras 3 has no such key. */
  readonly unsaid?: JsonValue;
  /** Whether it is a float that looks like an integer. */
  readonly isFloat: boolean;
  /** Whether it is there only where it says something. */
  readonly isRare: boolean;
}

const bias = "activity_regularizer=null kernel_constraint bias_constraint";
const kernel = `kernel_initializer bias_initializer kernel_regularizer bias_regularizer ${bias}`;
const window = "kernel_size strides padding data_format";
const groups = "dilation_rate groups=1 activation use_bias";
const convolution = `filters ${window} ${groups} ${kernel}`;
const depthwise = `${window} ${groups} bias_initializer bias_regularizer activity_regularizer=null bias_constraint depth_multiplier depthwise_initializer depthwise_regularizer depthwise_constraint`;
const separable = `filters ${window} ${groups} kernel_initializer={"module":"keras.initializers","class_name":"GlorotUniform","config":{"seed":null},"registered_name":null} bias_initializer kernel_regularizer=null bias_regularizer activity_regularizer=null kernel_constraint=null bias_constraint depth_multiplier depthwise_initializer pointwise_initializer depthwise_regularizer pointwise_regularizer depthwise_constraint pointwise_constraint`;
const local = `filters ${window} activation use_bias ${kernel} implementation`;

const sequence =
  "return_sequences return_state go_backwards stateful unroll time_major=false num_constants? zero_output_for_mask?";
const three = "kernel_initializer recurrent_initializer bias_initializer";
const regularized = "kernel_regularizer recurrent_regularizer bias_regularizer";
const constrained = "kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout";
const gates = "activation recurrent_activation use_bias";
const simple = `units activation use_bias ${three} ${regularized}`;
const lstm = `units ${gates} ${three} unit_forget_bias ${regularized}`;
const gru = `units ${gates} ${three} ${regularized}`;
const convolving = `${sequence} filters ${window} dilation_rate ${gates} ${three} unit_forget_bias ${regularized} activity_regularizer=null ${constrained}`;

const pooling = "pool_size padding strides data_format";
const pooling1D = "strides pool_size padding data_format";
const normalized =
  "axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint";
const filled = "fill_mode fill_value interpolation seed";

/**
 * What layers of Keras 2 say behind name, trainable and dtype, in its order; `key=value` where Keras 3 has no such key, `key?` where it is written only if it
 * says something.
 * Harvested from what TensorFlow 2.9 writes.
 */
const keys: Readonly<Record<string, string>> = {
  Activation: "activation",
  ActivityRegularization: "l1 l2",
  Add: "",
  AdditiveAttention: "causal=false dropout use_scale",
  AlphaDropout: "rate seed",
  Attention: "causal=false dropout use_scale score_mode",
  Average: "",
  AveragePooling1D: pooling1D,
  AveragePooling2D: pooling,
  AveragePooling3D: pooling,
  BatchNormalization: `${normalized} synchronized?`,
  Bidirectional: "layer merge_mode num_constants? backward_layer",
  CategoryEncoding: "num_tokens output_mode sparse=false",
  CenterCrop: "height width",
  Concatenate: "axis",
  Conv1D: convolution,
  Conv1DTranspose: `${convolution} output_padding=null`,
  Conv2D: convolution,
  Conv2DTranspose: `${convolution} output_padding=null`,
  Conv3D: convolution,
  Conv3DTranspose: `filters ${window} groups=1 activation use_bias ${kernel} output_padding=null`,
  ConvLSTM1D: convolving,
  ConvLSTM2D: convolving,
  ConvLSTM3D: convolving,
  Cropping1D: "cropping",
  Cropping2D: "cropping data_format",
  Cropping3D: "cropping data_format",
  Dense: `units activation use_bias ${kernel}`,
  DepthwiseConv1D: depthwise,
  DepthwiseConv2D: depthwise,
  Discretization: "bin_boundaries num_bins epsilon output_mode sparse",
  Dot: "axes normalize",
  Dropout: "rate noise_shape seed",
  ELU: "alpha=1.0",
  EinsumDense: `output_shape equation activation bias_axes ${kernel}`,
  Embedding:
    "input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer=null embeddings_constraint mask_zero input_length=null",
  Flatten: "data_format",
  GRU: `${sequence} ${gru} activity_regularizer ${constrained} implementation=2 reset_after`,
  GRUCell: `${gru} ${constrained} implementation=2 reset_after`,
  GaussianDropout: "rate seed",
  GaussianNoise: "stddev seed",
  GlobalAveragePooling1D: "data_format keepdims",
  GlobalAveragePooling2D: "data_format keepdims",
  GlobalAveragePooling3D: "data_format keepdims",
  GlobalMaxPooling1D: "data_format keepdims",
  GlobalMaxPooling2D: "data_format keepdims",
  GlobalMaxPooling3D: "data_format keepdims",
  GroupNormalization:
    "groups axis epsilon center scale beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint",
  HashedCrossing: "num_bins output_mode sparse",
  Hashing: "num_bins salt mask_value output_mode sparse",
  Identity: "",
  IntegerLookup:
    "invert max_tokens num_oov_indices oov_token mask_token output_mode sparse pad_to_max_tokens vocabulary vocabulary_dtype idf_weights",
  LSTM: `${sequence} ${lstm} activity_regularizer ${constrained} implementation=2`,
  LSTMCell: `${lstm} ${constrained} implementation=2`,
  Lambda:
    "function function_type module output_shape output_shape_type output_shape_module arguments mask mask_type mask_module",
  LayerNormalization:
    "axis epsilon center scale beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint",
  LeakyReLU: "alpha",
  LocallyConnected1D: local,
  LocallyConnected2D: local,
  Masking: "mask_value",
  MaxPooling1D: pooling1D,
  MaxPooling2D: pooling,
  MaxPooling3D: pooling,
  Maximum: "",
  Minimum: "",
  MultiHeadAttention: `num_heads key_dim value_dim dropout use_bias output_shape attention_axes ${kernel} query_shape=null key_shape=null value_shape=null`,
  Multiply: "",
  Normalization: "axis mean variance",
  PReLU: "alpha_initializer alpha_regularizer alpha_constraint shared_axes",
  Permute: "dims",
  RNN: `${sequence} cell`,
  RandomBrightness: "factor value_range seed",
  RandomContrast: "factor seed",
  RandomCrop: "height width seed",
  RandomFlip: "mode seed",
  RandomHeight: "factor interpolation seed",
  RandomRotation: `factor ${filled}`,
  RandomTranslation: `height_factor width_factor ${filled}`,
  RandomWidth: "factor interpolation seed",
  RandomZoom: `height_factor width_factor ${filled}`,
  ReLU: "max_value negative_slope threshold",
  RepeatVector: "n",
  Rescaling: "scale offset",
  Reshape: "target_shape",
  Resizing: "height width interpolation crop_to_aspect_ratio",
  SeparableConv1D: separable,
  SeparableConv2D: separable,
  SimpleRNN: `${sequence} ${simple} activity_regularizer ${constrained}`,
  SimpleRNNCell: `${simple} ${constrained}`,
  SlicingOpLambda: "function",
  Softmax: "axis",
  SpatialDropout1D: "rate noise_shape=null seed",
  SpatialDropout2D: "rate noise_shape=null seed",
  SpatialDropout3D: "rate noise_shape=null seed",
  SpectralNormalization: "layer power_iterations",
  StackedRNNCells: "cells",
  StringLookup:
    "invert max_tokens num_oov_indices oov_token mask_token output_mode sparse pad_to_max_tokens vocabulary idf_weights encoding",
  Subtract: "",
  TFOpLambda: "function",
  TensorFlowOpLayer: "node_def constants",
  TextVectorization:
    "max_tokens standardize split ngrams output_mode output_sequence_length pad_to_max_tokens sparse ragged vocabulary idf_weights",
  ThresholdedReLU: "theta",
  TimeDistributed: "layer",
  UnitNormalization: "axis",
  UpSampling1D: "size",
  UpSampling2D: "size data_format interpolation",
  UpSampling3D: "size data_format",
  ZeroPadding1D: "padding",
  ZeroPadding2D: "padding data_format",
  ZeroPadding3D: "padding data_format",
};

/** What layers say of their input that nobody gave them one. */
const shapes: Readonly<Record<string, string>> = { Embedding: "batch_input_shape=[null,null]" };

/** The keys that Keras 2 writes for a layer, in its order; undefined where it has no such layer. */
export function oldKeysOf(className: string): readonly OldKey[] | undefined {
  if (className === "InputLayer")
    return ["batch_input_shape", "dtype", "sparse", "ragged=false", "name"].map(oldKey);
  const own = Object.hasOwn(keys, className) ? keys[className] : undefined;
  if (own === undefined) return undefined;
  const shape = shapes[className];
  const base = ["name", "trainable=true", "dtype", ...(shape === undefined ? [] : [shape])];
  return [...base, ...own.split(" ").filter(Boolean)].map(oldKey);
}

function oldKey(text: string): OldKey {
  const [key, ...unsaid] = text.replace(/\?$/, "").split("=");
  const value = unsaid.join("=");
  const rest = { key: key!, isFloat: /^\d+\.0$/.test(value), isRare: text.endsWith("?") };
  return value === "" ? rest : { ...rest, unsaid: JSON.parse(value) as JsonValue };
}
