import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Tf from "@tensorflow/tfjs";
import type { Tensor } from "../../src/tensor/tensor.ts";
import type { Conv, Network, Pads, Step } from "../network.ts";

export type TensorFlow = typeof Tf;

/** TensorFlow.js with its WASM backend on as many threads as asked for. */
export async function tensorflow(threads: number): Promise<TensorFlow> {
  const tf = await import("@tensorflow/tfjs");
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
  wasm.setWasmPaths(join(folder, "dist/"));
  wasm.setThreadsCount(threads);
  await tf.setBackend("wasm");
  await tf.ready();
  return tf;
}

/** The network written by hand for TensorFlow.js: fused convolutions, normalizations folded into their kernels. */
export function handTfjs(tf: TensorFlow, network: Network): (x: Tf.Tensor4D) => Tf.Tensor {
  const runs = network.steps.map((step) => ({ step, run: compile(tf, step) }));
  return (x) =>
    tf.tidy(() => {
      const values = new Map<string, Tf.Tensor>([[network.input, x]]);
      for (const { step, run } of runs)
        values.set(step.output, run(...step.inputs.map((name) => values.get(name)!)));
      return values.get(network.output)!;
    });
}

function compile(tf: TensorFlow, step: Step): (...inputs: Tf.Tensor[]) => Tf.Tensor {
  const constant = ({ data, shape }: Tensor) => tf.tensor(data as Float32Array, [...shape]);
  switch (step.kind) {
    case "conv": {
      const { kernel, bias } = folded(step);
      const filter = constant(kernel) as Tf.Tensor4D;
      const offset = tf.tensor1d(bias);
      const strides: [number, number] = [...step.strides];
      // Its types leave out the explicit pads that it takes.
      const pad = padOf(step.pads) as unknown as number;
      const conv = step.isDepthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
      const activation = step.activation ?? "linear";
      return (x) => conv({ x: x as Tf.Tensor4D, filter, strides, pad, bias: offset, activation });
    }
    case "add":
      return step.activation ? (a, b) => tf.relu(tf.add(a!, b!)) : (a, b) => tf.add(a!, b!);
    case "maxPool": {
      const [size, strides] = [[...step.size] as [number, number], [...step.strides] as [number, number]];
      const { pads } = step;
      return (x) => {
        const padded = tf.pad(x!, [[0, 0], [...pads[0]], [...pads[1]], [0, 0]]);
        return tf.maxPool(padded as Tf.Tensor4D, size, strides, "valid");
      };
    }
    case "average":
      return (x) => tf.mean(x!, [1, 2]);
    case "classify": {
      const [kernel, bias] = [constant(step.kernel) as Tf.Tensor2D, constant(step.bias)];
      return (x) => tf.softmax(tf.fused.matMul({ a: x as Tf.Tensor2D, b: kernel, bias }));
    }
  }
}

function padOf([rows, columns]: Pads): [
  [number, number],
  [number, number],
  [number, number],
  [number, number],
] {
  return [[0, 0], [...rows], [...columns], [0, 0]];
}

/** A kernel with the normalization behind it multiplied in. */
function folded({ kernel, bias, normalization, isDepthwise }: Conv): { kernel: Tensor; bias: Float32Array } {
  const channels = isDepthwise ? kernel.shape[2]! : kernel.shape[3]!;
  const scale = new Float32Array(channels).fill(1);
  const offset = bias ? Float32Array.from(bias.data as Float32Array) : new Float32Array(channels);
  if (normalization) {
    const { gamma, beta, mean, variance, epsilon } = normalization;
    for (let i = 0; i < channels; i++) {
      scale[i] = Number(gamma.data[i]) / Math.sqrt(Number(variance.data[i]) + epsilon);
      offset[i] = Number(beta.data[i]) + (offset[i]! - Number(mean.data[i])) * scale[i]!;
    }
  }
  const data = (kernel.data as Float32Array).map((value, i) => value * scale[i % channels]!);
  return { kernel: { ...kernel, data } as Tensor, bias: offset };
}
