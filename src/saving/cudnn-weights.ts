import { ShapeError } from "../errors.ts";
import { fromNumbers, fromTyped, toNumbers } from "../tensor/create.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** How many gates the layers of cuDNN have. */
const gatesOf = { CuDNNLSTM: 4, CuDNNGRU: 3 } as const;

/** The layers of Keras 2 that only cuDNN computes. */
export type CudnnLayer = keyof typeof gatesOf;

/**
 * The kernel, recurrent kernel and bias of a CuDNNLSTM or CuDNNGRU of Keras 2, as an LSTM has them, or a GRU that resets
 * after the product. Of each gate cuDNN has the matrices column by column, and biases for the input and for the state,
 * `(2 · gates · units)` in a row: an LSTM has their sum, a GRU both, `(2, gates · units)`.
 * Source: tf.keras 2.9 `saving/hdf5_format.py`.
 */
export function fromCudnn(
  layer: CudnnLayer,
  [kernel, recurrent, bias]: readonly [kernel: Tensor, recurrent: Tensor, bias: Tensor],
): [kernel: Tensor, recurrent: Tensor, bias: Tensor] {
  const gates = gatesOf[layer];
  const [units = 0, width = 0] = recurrent.shape;
  const [channels = 0] = kernel.shape;
  expectShape(layer, "recurrent kernel", recurrent, [width / gates, gates * units]);
  expectShape(layer, "kernel", kernel, [channels, width]);
  expectShape(layer, "bias", bias, [2 * width]);
  return [byColumns(kernel, gates), byColumns(recurrent, gates), biasOf(layer, bias, width)];
}

function expectShape(layer: string, what: string, { shape }: Tensor, expected: readonly number[]): void {
  if (shape.length === expected.length && shape.every((size, i) => size === expected[i])) return;
  throw new ShapeError(
    layer,
    `expected a ${what} of shape ${formatShape(expected)}, received ${formatShape(shape)}.`,
  );
}

/** Matrices side by side, of each of which the numbers lie column by column. */
function byColumns(matrix: Tensor, gates: number): Tensor {
  const [rows, width] = matrix.shape as readonly [number, number];
  const columns = width / gates;
  const data = matrix.data.slice();
  for (let gate = 0; gate < gates; gate++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const place = row + column * rows;
        const from = Math.floor(place / columns) * width + gate * columns + (place % columns);
        data[row * width + gate * columns + column] = matrix.data[from]!;
      }
  return fromTyped(data, [rows, width], matrix.dtype);
}

function biasOf(layer: CudnnLayer, bias: Tensor, width: number): Tensor {
  if (layer === "CuDNNGRU") return fromTyped(bias.data, [2, width], bias.dtype);
  const numbers = toNumbers(bias);
  const sums = numbers.slice(0, width).map((ofInput, i) => ofInput + numbers[width + i]!);
  return fromNumbers(bias.dtype, [width], sums);
}
