export { Bidirectional, type BidirectionalOptions } from "./bidirectional.ts";
export type { CellArguments, CellRun, RecurrentCell, StateSize } from "./cell.ts";
export {
  ConvLSTM1D,
  type ConvLSTM1DOptions,
  ConvLSTM2D,
  type ConvLSTM2DOptions,
  ConvLSTM3D,
  type ConvLSTM3DOptions,
} from "./conv-lstm.ts";
export { GRU, type GRUOptions } from "./gru.ts";
export { GRUCell, type GRUCellOptions } from "./gru-cell.ts";
export { LSTM, type LSTMOptions } from "./lstm.ts";
export { LSTMCell, type LSTMCellOptions } from "./lstm-cell.ts";
export { RNN, type RNNOptions } from "./rnn.ts";
export type { States } from "./rnn-loop.ts";
export { SimpleRNN, type SimpleRNNOptions } from "./simple-rnn.ts";
export { SimpleRNNCell, type SimpleRNNCellOptions } from "./simple-rnn-cell.ts";
export { StackedRNNCells, type StackedRNNCellsOptions } from "./stacked-rnn-cells.ts";
export { TimeDistributed, type TimeDistributedOptions } from "./time-distributed.ts";
