import { describe, expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { Add, Dense, type Layer, LSTM } from "./index.ts";

const x = tensor([[1, 2]], { dtype: "float32" });

function built(layer: Layer): Layer {
  layer.apply(
    layer instanceof Add ? [x, x] : layer instanceof LSTM ? tensor([[[1, 2]]], { dtype: "float32" }) : x,
  );
  return layer;
}

describe("arguments of a call", () => {
  it.each<[string, Layer, unknown[], string]>([
    [
      "null among tensors",
      new Add({ name: "sum" }),
      [[x, null]],
      'layer "sum": expected inputs to be a list of tensors',
    ],
    [
      "numbers among tensors",
      new Add({ name: "sum" }),
      [[x, 1]],
      'layer "sum": expected inputs to be a list of tensors',
    ],
    [
      "a list for one tensor",
      new Dense({ units: 1, name: "d" }),
      [[x]],
      'layer "d": expected inputs to be a tensor',
    ],
    [
      "null for a tensor",
      new Dense({ units: 1, name: "d" }),
      [null],
      'layer "d": expected inputs to be a tensor, received null.',
    ],
    [
      "a text for a flag",
      new LSTM({ units: 1, name: "l" }),
      [tensor([[[1, 2]]]), { training: "yes" }],
      'layer "l": expected training to be true or false',
    ],
  ])("%s is refused, before and after the layer is built", (_, layer, given, message) => {
    expect(() => layer.apply(...(given as [never]))).toThrow(message);
    expect(() => built(layer).apply(...(given as [never]))).toThrow(message);
  });
});
