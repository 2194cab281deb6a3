import type { Attributes } from "../../program/primitives.ts";
import { allocate, alongAxis, type Kernel, type KernelWith, numbers, result } from "./kernel.ts";

/** Softmax along an axis, or its logarithm. */
function softmax(logarithm: boolean): KernelWith<Attributes["softmax"]> {
  return ([x], { axis }, [spec]) => {
    const { dtype, shape } = x!;
    const from = numbers(x!.data);
    const out = numbers(allocate(dtype, shape));
    const { outer, length, inner } = alongAxis(shape, axis);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const start = o * length * inner + i;
        const end = start + length * inner;
        let max = -Infinity;
        for (let k = start; k < end; k += inner) max = Math.max(max, from[k]!);
        let sum = 0;
        for (let k = start; k < end; k += inner) sum += Math.exp(from[k]! - max);
        const logSum = Math.log(sum);
        for (let k = start; k < end; k += inner) {
          out[k] = logarithm ? from[k]! - max - logSum : Math.exp(from[k]! - max) / sum;
        }
      }
    }
    return [result(spec!, out as Float32Array)];
  };
}

const batchNorm: Kernel<"batch_norm"> = (inputs, { axis, epsilon }, [spec]) => {
  const { dtype, shape } = inputs[0]!;
  const [from, mean, variance, scale, offset] = inputs.map(({ data }) => numbers(data));
  const out = numbers(allocate(dtype, shape));
  const { outer, length, inner } = alongAxis(shape, axis);
  const factors = new Float64Array(length);
  const shifts = new Float64Array(length);
  for (let c = 0; c < length; c++) {
    factors[c] = scale![c]! / Math.sqrt(variance![c]! + epsilon);
    shifts[c] = offset![c]! - mean![c]! * factors[c]!;
  }
  for (let o = 0, k = 0; o < outer; o++) {
    for (let c = 0; c < length; c++) {
      const factor = factors[c]!;
      const shift = shifts[c]!;
      for (const end = k + inner; k < end; k++) out[k] = from![k]! * factor + shift;
    }
  }
  return [result(spec!, out as Float32Array)];
};

export const normalizeKernels = {
  softmax: softmax(false),
  log_softmax: softmax(true),
  batch_norm: batchNorm,
};
