// Activation

export {
  aTensor,
  flag,
  maskFor,
  option,
  type Signature,
  structure,
  takes,
  tensors,
} from "../graph/signature.ts";
export { Activation, ELU, LeakyReLU, PReLU, ReLU, Softmax } from "./activation/index.ts";
// Attention
export {
  AdditiveAttention,
  Attention,
  GroupedQueryAttention,
  MultiHeadAttention,
} from "./attention/index.ts";
export type { Shapes } from "./building.ts";
// Convolution
export {
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
  SeparableConv2D,
} from "./convolution/index.ts";
// Core
export {
  Dense,
  EinsumDense,
  Embedding,
  Identity,
  Input,
  InputLayer,
  type InputOptions,
  Lambda,
  Masking,
  Wrapper,
} from "./core/index.ts";
// Layers of your own
export { type BaseOptions, type LayerConstructor, type LayerSettings, layer } from "./define.ts";
export type { InputSpec } from "./input-spec.ts";
export { Layer, type LayerClass } from "./layer.ts";
// Merging: classes, and functions that make one and call it
export {
  Add,
  Average,
  add,
  average,
  Concatenate,
  concatenate,
  Dot,
  dot,
  Maximum,
  Minimum,
  Multiply,
  maximum,
  minimum,
  multiply,
  Subtract,
  subtract,
} from "./merging/index.ts";
// Normalization
export {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  UnitNormalization,
} from "./normalization/index.ts";
// Pooling
export {
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
} from "./pooling/index.ts";
// Preprocessing
export { Normalization, Rescaling } from "./preprocessing/index.ts";
// Recurrent
export {
  Bidirectional,
  type CellArguments,
  type CellRun,
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  type RecurrentCell,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  StackedRNNCells,
  type StateSize,
  type States,
  TimeDistributed,
} from "./recurrent/index.ts";
// Regularization
export {
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from "./regularization/index.ts";
// Reshaping
export {
  Cropping1D,
  Cropping2D,
  Cropping3D,
  Flatten,
  Permute,
  RepeatVector,
  Reshape,
  UpSampling1D,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
} from "./reshaping/index.ts";
// Random numbers
export { SeedGenerator, type SeedGeneratorOptions } from "./seed-generator.ts";
export type { WeightOptions } from "./weights.ts";
