import type { JsonObject } from "../../json/json.ts";
import { isDict, type Named } from "../change.ts";
import { single } from "./entries.ts";
import { readLambda } from "./lambda.ts";
import { type Gone, type OldConfig, onlyAs } from "./old-config.ts";
import { loss, lossScale, optimizer, schedule } from "./optimizers.ts";

const any = () => true;
const no = /* @__PURE__ */ onlyAs(false);
const none = /* @__PURE__ */ onlyAs(null);
const one = /* @__PURE__ */ onlyAs(1);
/** In graphs the calls say it. */
const inCalls: Gone = (value) =>
  no(value) === true || "false here, because Keras 3 has it in calls (use_causal_mask)";

const recurrent: OldConfig = { gone: { time_major: no, implementation: any, input_length: any } };
const gru: OldConfig = { ...recurrent, unsaid: { reset_after: false } };
const cell: OldConfig = { gone: { implementation: any } };
const convLstm: OldConfig = { gone: { time_major: no, implementation: any } };
const spatialDropout: OldConfig = { gone: { noise_shape: any, trainable: any } };
const transposed: OldConfig = { gone: { groups: one } };
const ofDepths: OldConfig = {
  gone: {
    groups: one,
    filters: none,
    kernel_initializer: any,
    kernel_regularizer: none,
    kernel_constraint: none,
  },
};
const normalization: OldConfig = { values: { axis: single } };
const attention: OldConfig = { gone: { causal: inCalls } };
const sloped: OldConfig = { renamed: { alpha: "negative_slope" } };

const ofOthers: OldConfig = {};

/** How Keras 2 wrote the configs of a class. */
export function oldConfigOf({ module, className }: Named): OldConfig {
  if (module === "keras.losses") return loss;
  if (module === "keras.optimizers.schedules") return schedule;
  if (module === "keras.optimizers") return className === "LossScaleOptimizer" ? lossScale : optimizer;
  return (module === "keras.layers" ? oldLayers[className] : undefined) ?? ofOthers;
}

/** By class of `keras.layers`. */
const oldLayers: Readonly<Record<string, OldConfig>> = {
  AdditiveAttention: attention,
  Attention: attention,
  BatchNormalization: {
    values: { axis: single },
    gone: { fused: any, virtual_batch_size: none, adjustment: none },
  },
  Conv1DTranspose: transposed,
  Conv2DTranspose: transposed,
  Conv3DTranspose: transposed,
  ConvLSTM1D: convLstm,
  ConvLSTM2D: convLstm,
  ConvLSTM3D: convLstm,
  DepthwiseConv1D: ofDepths,
  DepthwiseConv2D: ofDepths,
  Discretization: { gone: { trainable: any } },
  Embedding: { gone: { input_length: any } },
  GRU: gru,
  GRUCell: { ...cell, unsaid: { reset_after: false } },
  HashedCrossing: { gone: { trainable: any } },
  Hashing: { whole: numbersOfBins },
  InputLayer: { renamed: { batch_input_shape: "batch_shape" }, whole: withoutType },
  LSTM: recurrent,
  Lambda: { whole: readLambda },
  LSTMCell: cell,
  LeakyReLU: sloped,
  LayerNormalization: normalization,
  MultiHeadAttention: { gone: { query_shape: any, key_shape: any, value_shape: any } },
  RNN: recurrent,
  SeparableConv1D: ofDepths,
  SeparableConv2D: ofDepths,
  SimpleRNN: recurrent,
  SimpleRNNCell: cell,
  SpatialDropout1D: spatialDropout,
  SpatialDropout2D: spatialDropout,
  SpatialDropout3D: spatialDropout,
};

/** Until 2.5 a Hashing gave integers whatever its dtype said, and said a salt where it had been given none. */
function numbersOfBins(config: JsonObject): JsonObject {
  const { dtype, salt = null } = config;
  if ("output_mode" in config || "sparse" in config) return config;
  const isUnsaid = Array.isArray(salt) && salt.length === 2 && salt.every((key) => key === 956888297470);
  const isFloat = typeof dtype === "string" && /float/.test(dtype);
  return { ...config, ...(isFloat && { dtype: "int64" }), salt: isUnsaid ? null : salt };
}

/** An input that was given by its type: `{"type_spec": {…, "serialized": [shape, dtype, name]}}`. */
function withoutType(config: JsonObject): JsonObject {
  const { type_spec: spec, ...rest } = config;
  if (spec === undefined) return config;
  const [shape, dtype] = isDict(spec) && Array.isArray(spec.serialized) ? spec.serialized : [];
  if (spec !== null && !(Array.isArray(shape) && typeof dtype === "string")) return config;
  return spec === null ? rest : { batch_shape: shape!, dtype: dtype!, ...rest };
}
