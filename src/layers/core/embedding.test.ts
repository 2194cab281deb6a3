import { describe, expect, it } from "vitest";
import { cloneModel, Input, Sequential, tensor } from "../../index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Embedding } from "./index.ts";

const vectors = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
]);
const sizes = { input_dim: 3, output_dim: 2 };

describe("the weights of an Embedding", () => {
  it.each<[string, Tensor | readonly [Tensor]]>([
    ["a tensor", vectors],
    ["a list of one", [vectors]],
  ])("are %s", (_, weights) => {
    const layer = new Embedding({ ...sizes, weights });
    expect(layer.apply(tensor([[2, 0]])).toArray()).toEqual([
      [
        [5, 6],
        [1, 2],
      ],
    ]);
    expect(layer.getConfig()).not.toHaveProperty("weights");
    expect(layer.getBuildConfig()).toEqual({ shapes_dict: {} });
  });

  it("are in a clone as far as it is asked for weights", () => {
    const model = new Sequential([
      Input({ shape: [1], dtype: "int32" }),
      new Embedding({ ...sizes, weights: vectors }),
    ]);
    expect(cloneModel(model, { weights: "copy" }).getWeights()[0]!.toArray()).toEqual(vectors.toArray());
    expect(cloneModel(model).getWeights()[0]!.toArray()).not.toEqual(vectors.toArray());
  });

  it("may be none, and are of the shape that there is", () => {
    expect(new Embedding({ ...sizes, weights: null }).built).toBe(false);
    expect(() => new Embedding({ ...sizes, weights: tensor([[1, 2]]) })).toThrow(
      "embeddings: expected float32 (3, 2), received float32 (1, 2).",
    );
  });
});
