import type { ResizeMethod } from "../../../program/primitives.ts";
import { Tensor } from "../../../tensor/tensor.ts";

type Kernel = (distance: number) => number;

function lanczos(radius: number): Kernel {
  const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
  return (x) => (x < radius ? sinc(x) * sinc(x / radius) : 0);
}

const kernels: Readonly<Record<Exclude<ResizeMethod, "nearest">, Kernel>> = {
  bilinear: (x) => Math.max(0, 1 - x),
  bicubic: (x) => {
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};

/** The (size · factor, size) matrix that resizes one dimension, with half-pixel centers and rows that sum to 1. */
export function resizeWeights(
  method: Exclude<ResizeMethod, "nearest">,
  size: number,
  factor: number,
): Tensor {
  const kernel = kernels[method];
  const rows = size * factor;
  const data = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const center = (row + 0.5) / factor - 0.5;
    const weights = Array.from({ length: size }, (_, column) => kernel(Math.abs(center - column)));
    const sum = weights.reduce((a, b) => a + b, 0);
    for (const [column, weight] of weights.entries()) data[row * size + column] = weight / sum;
  }
  return new Tensor("float32", [rows, size], data);
}
