/**
 * An activation that is applied to a sum of products with a layer's own weights: which of them, and which blocks of their
 * columns. Such a sum becomes another multiple of itself where those columns do.
 */
export interface Sums {
  readonly weights: readonly string[];
  readonly blocks: number;
  readonly chosen: readonly number[];
}

const all = (...weights: readonly string[]): Sums => ({ weights, blocks: 1, chosen: [0] });

const gates = (blocks: number, ...chosen: readonly number[]): Sums => ({
  weights: ["kernel", "recurrent_kernel", "bias"],
  blocks,
  chosen,
});

type ByActivation = Readonly<Record<string, Sums>>;

const products: ByActivation = { activation: all("kernel", "bias") };
const separable: ByActivation = { activation: all("pointwise_kernel", "bias") };
const simple: ByActivation = { activation: all("kernel", "recurrent_kernel", "bias") };
/** Input, forgetting, candidate, output: its other activation is applied to the memory, too, which is no such sum. */
const lstm: ByActivation = { recurrent_activation: gates(4, 0, 1, 3) };
/** Update, reset, candidate. */
const gru: ByActivation = { recurrent_activation: gates(3, 0, 1), activation: gates(3, 2) };

const table: Readonly<Record<string, ByActivation>> = {
  Dense: products,
  EinsumDense: products,
  Conv1D: products,
  Conv2D: products,
  Conv3D: products,
  Conv1DTranspose: products,
  Conv2DTranspose: products,
  Conv3DTranspose: products,
  DepthwiseConv1D: products,
  DepthwiseConv2D: products,
  SeparableConv1D: separable,
  SeparableConv2D: separable,
  SimpleRNN: simple,
  SimpleRNNCell: simple,
  LSTM: lstm,
  LSTMCell: lstm,
  ConvLSTM1D: lstm,
  ConvLSTM2D: lstm,
  ConvLSTM3D: lstm,
  ConvLSTMCell: lstm,
  GRU: gru,
  GRUCell: gru,
};

/** What an activation of a class of Keras is applied to; undefined where that is no such sum. */
export function sumsOf(className: string, activation: string): Sums | undefined {
  const found = Object.hasOwn(table, className) ? table[className] : undefined;
  return found && Object.hasOwn(found, activation) ? found[activation] : undefined;
}
