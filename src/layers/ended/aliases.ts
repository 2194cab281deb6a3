// Names that TensorFlow gave layers of its own while they had two versions; configs of that time have them.
export {
  BatchNormalization as BatchNormalizationV1,
  BatchNormalization as BatchNormalizationV2,
} from "../normalization/batch-normalization.ts";
export {
  GRU as GRUV1,
  GRU as GRUV2,
  GRUCell as GRUCellV1,
  GRUCell as GRUCellV2,
  LSTM as LSTMV1,
  LSTM as LSTMV2,
  LSTMCell as LSTMCellV1,
  LSTMCell as LSTMCellV2,
} from "../recurrent/index.ts";
