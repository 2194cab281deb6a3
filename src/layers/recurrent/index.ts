import { Bidirectional } from "./bidirectional.ts";
import { GRU } from "./gru.ts";
import { GRUCell } from "./gru-cell.ts";
import { LSTM } from "./lstm.ts";
import { LSTMCell } from "./lstm-cell.ts";
import { RNN } from "./rnn.ts";
import { SimpleRNN } from "./simple-rnn.ts";
import { SimpleRNNCell } from "./simple-rnn-cell.ts";
import { StackedRNNCells } from "./stacked-rnn-cells.ts";
import { TimeDistributed } from "./time-distributed.ts";

export type { CellArguments, CellRun, RecurrentCell, StateSize } from "./cell.ts";
export type { States } from "./rnn-loop.ts";
export {
  Bidirectional,
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  StackedRNNCells,
  TimeDistributed,
};

/** The classes of this family, for the registry of built-ins. */
export const recurrentLayers = [
  SimpleRNN,
  LSTM,
  GRU,
  RNN,
  SimpleRNNCell,
  LSTMCell,
  GRUCell,
  StackedRNNCells,
  Bidirectional,
  TimeDistributed,
] as const;
