import type { Graph, Node } from "../../src/engines/onnx/model.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import type { Conv, Network, Pads, Step } from "../network.ts";
import { ceratops, onnxModel } from "../package.ts";

/** The network written by hand for ONNX Runtime: channels first, its own operators, weights inside. */
export function handOnnx(network: Network): Uint8Array {
  const nodes: Node[] = [];
  const initializers = new Map<string, Tensor>();
  const constant = (name: string, tensor: Tensor): string => {
    initializers.set(name, tensor);
    return name;
  };
  const add = (
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: Node["attributes"] = {},
  ) => {
    nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  };
  const zero = constant("zero", new ceratops.Tensor("float32", [], Float32Array.of(0)));
  const six = constant("six", new ceratops.Tensor("float32", [], Float32Array.of(6)));
  const rectify = (value: string, { activation, output }: { activation: string | null; output: string }) => {
    if (activation === "relu") add("Relu", [value], output);
    else if (activation === "relu6") add("Clip", [value, zero, six], output);
    else add("Identity", [value], output);
  };
  const addStep = (step: Step): void => {
    const { inputs, output } = step;
    const inner = (name: string) => `${output}/${name}`;
    switch (step.kind) {
      case "conv": {
        const kernel = constant(inner("kernel"), channelsFirst(step));
        const weights = step.bias ? [kernel, constant(inner("bias"), step.bias)] : [kernel];
        const groups = step.isDepthwise ? step.kernel.shape[2]! : 1;
        const attributes = { strides: step.strides, pads: padsOf(step.pads), group: groups };
        let value = add("Conv", [...inputs, ...weights], inner("conv"), attributes);
        if (step.normalization) {
          const { gamma, beta, mean, variance, epsilon } = step.normalization;
          const parts = { gamma, beta, mean, variance };
          const names = Object.entries(parts).map(([name, tensor]) => constant(inner(name), tensor));
          value = add("BatchNormalization", [value, ...names], inner("norm"), {
            epsilon: { float: epsilon },
          });
        }
        rectify(value, step);
        break;
      }
      case "add":
        rectify(add("Add", inputs, inner("sum")), step);
        break;
      case "maxPool":
        add("MaxPool", inputs, output, {
          kernel_shape: step.size,
          strides: step.strides,
          pads: padsOf(step.pads),
        });
        break;
      case "average":
        add("Flatten", [add("GlobalAveragePool", inputs, inner("mean"))], output, { axis: 1 });
        break;
      case "classify": {
        const weights = [constant(inner("kernel"), step.kernel), constant(inner("bias"), step.bias)];
        add("Softmax", [add("Gemm", [...inputs, ...weights], inner("logits"))], output, { axis: -1 });
      }
    }
  };
  for (const step of network.steps) addStep(step);
  const graph: Graph = {
    name: "hand-built",
    inputs: [{ name: network.input, type: "float32", shape: ["batch", 3, 224, 224] }],
    outputs: [{ name: network.output, type: "float32", shape: ["batch", null] }],
    initializers,
    nodes,
  };
  return onnxModel.writeModel(graph).finish();
}

/** A picture with its channels first. */
export function planar(pixels: Float32Array, channels: number): Float32Array {
  const area = pixels.length / channels;
  return Float32Array.from(
    { length: pixels.length },
    (_, i) => pixels[(i % area) * channels + Math.floor(i / area)]!,
  );
}

function padsOf([rows, columns]: Pads): number[] {
  return [rows[0], columns[0], rows[1], columns[1]];
}

/** A kernel of rows, columns, inputs, outputs as outputs, inputs, rows, columns. */
function channelsFirst({ kernel, isDepthwise }: Conv): Tensor {
  const [rows, columns, inputs, outputs] = kernel.shape as readonly [number, number, number, number];
  const from = kernel.data as Float32Array;
  const data = new Float32Array(from.length);
  let at = 0;
  for (let i = 0; i < rows * columns; i++)
    for (let c = 0; c < inputs; c++)
      for (let f = 0; f < outputs; f++) data[(f * inputs + c) * rows * columns + i] = from[at++]!;
  const shape = isDepthwise ? [inputs, 1, rows, columns] : [outputs, inputs, rows, columns];
  return new ceratops.Tensor("float32", shape, data);
}
