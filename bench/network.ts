import type { Functional } from "../src/models/functional.ts";
import type { Variable } from "../src/program/variable.ts";
import type { Shape } from "../src/tensor/shape.ts";
import type { Tensor } from "../src/tensor/tensor.ts";

type Pair = readonly [number, number];
/** What is added before and after rows and columns. */
export type Pads = readonly [rows: Pair, columns: Pair];
export type Rectifier = "relu" | "relu6" | null;

interface Normalization {
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly epsilon: number;
}

interface Base {
  /** Names of values. */
  readonly inputs: readonly string[];
  output: string;
}

export interface Conv extends Base {
  readonly kind: "conv";
  readonly isDepthwise: boolean;
  readonly kernel: Tensor;
  readonly bias: Tensor | null;
  readonly strides: Pair;
  readonly pads: Pads;
  normalization: Normalization | null;
  activation: Rectifier;
}

export interface Add extends Base {
  readonly kind: "add";
  activation: Rectifier;
}

export interface MaxPool extends Base {
  readonly kind: "maxPool";
  readonly size: Pair;
  readonly strides: Pair;
  readonly pads: Pads;
}

export interface Average extends Base {
  readonly kind: "average";
}

/** A dense layer with softmax. */
export interface Classify extends Base {
  readonly kind: "classify";
  readonly kernel: Tensor;
  readonly bias: Tensor;
}

export type Step = Conv | Add | MaxPool | Average | Classify;

/**
 * An image network as one would write it by hand for another runtime: paddings belong to the convolutions,
 * normalizations and rectifiers to what comes before them.
 */
export interface Network {
  readonly input: string;
  readonly output: string;
  readonly steps: readonly Step[];
}

const NONE: Pads = [
  [0, 0],
  [0, 0],
];

/** The network that a model of keras.applications is. */
export function networkOf(model: Functional): Network {
  const steps: Step[] = [];
  const names = new Map<object, string>();
  const makers = new Map<string, Step>();
  const padded = new Map<string, { readonly from: string; readonly pads: Pads }>();
  const add = (step: Step) => {
    steps.push(step);
    makers.set(step.output, step);
  };
  for (const { operation, inputs, outputs } of model.nodes) {
    const layer = operation as unknown as LayerFacts;
    const output = operation.name;
    names.set(outputs[0]!, output);
    if (inputs.length === 0) continue;
    const from = inputs.map((tensor) => names.get(tensor)!);
    const padding = padded.get(from[0]!);
    const source = [padding?.from ?? from[0]!];
    const { className } = layer.constructor;
    switch (className) {
      case "ZeroPadding2D":
        padded.set(output, { from: from[0]!, pads: layer.padding as Pads });
        break;
      case "Conv2D":
      case "DepthwiseConv2D": {
        const own = padding?.pads ?? padsOf(layer, inputs[0]!.shape);
        const { kernel, bias, strides } = layer;
        const isDepthwise = className === "DepthwiseConv2D";
        const tensors = { kernel: currently(kernel), bias: bias ? currently(bias) : null };
        add({ kind: "conv", isDepthwise, inputs: source, output, ...tensors, strides, pads: own, ...PLAIN });
        break;
      }
      case "BatchNormalization": {
        const { gamma, beta, moving_mean, moving_variance, epsilon } = layer;
        const conv = makers.get(from[0]!) as Conv;
        const [mean, variance] = [currently(moving_mean), currently(moving_variance)];
        conv.normalization = { gamma: currently(gamma), beta: currently(beta), mean, variance, epsilon };
        rename(conv, output);
        break;
      }
      case "ReLU":
      case "Activation": {
        const step = makers.get(from[0]!) as Conv | Add;
        step.activation = className === "ReLU" && layer.max_value === 6 ? "relu6" : "relu";
        rename(step, output);
        break;
      }
      case "MaxPooling2D":
        add({
          kind: "maxPool",
          inputs: source,
          output,
          size: layer.pool_size,
          strides: layer.strides,
          pads: padding?.pads ?? NONE,
        });
        break;
      case "Add":
        add({ kind: "add", inputs: from, output, activation: null });
        break;
      case "GlobalAveragePooling2D":
        add({ kind: "average", inputs: from, output });
        break;
      case "Dense":
        add({
          kind: "classify",
          inputs: from,
          output,
          kernel: currently(layer.kernel),
          bias: currently(layer.bias),
        });
        break;
      default:
        throw new Error(`bench: no hand-built ${className}.`);
    }
  }
  return { input: names.get(model.inputs[0]!)!, output: names.get(model.outputs[0]!)!, steps };

  function rename(step: Step, output: string): void {
    step.output = output;
    makers.set(output, step);
  }
}

/** What is read of a layer; each class has some of it. */
interface LayerFacts {
  readonly constructor: { readonly className: string };
  readonly kernel: Variable;
  readonly bias: Variable;
  readonly gamma: Variable;
  readonly beta: Variable;
  readonly moving_mean: Variable;
  readonly moving_variance: Variable;
  readonly epsilon: number;
  readonly strides: Pair;
  readonly kernel_size: Pair;
  readonly pool_size: Pair;
  /** Pads of a ZeroPadding2D, else `same` or `valid`. */
  readonly padding: Pads | string;
  readonly max_value: number | null;
}

const PLAIN = { normalization: null, activation: null } as const;

function currently(variable: Variable): Tensor {
  return variable.value;
}

function padsOf({ padding, kernel_size, strides }: LayerFacts, shape: Shape): Pads {
  if (padding !== "same") return NONE;
  const along = (axis: 0 | 1): Pair => {
    const size = shape[axis + 1]!;
    const outputs = Math.ceil(size / strides[axis]);
    const total = Math.max((outputs - 1) * strides[axis] + kernel_size[axis] - size, 0);
    return [total >> 1, total - (total >> 1)];
  };
  return [along(0), along(1)];
}
