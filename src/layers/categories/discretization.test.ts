import { describe, expect, it } from "vitest";
import { cloneModel, Input, Sequential, tensor } from "../../index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Discretization } from "./index.ts";

const numbers = Array.from({ length: 200 }, (_, i) => (i * 37) % 200);

async function* stream(): AsyncGenerator<Tensor> {
  for (const part of [numbers.slice(0, 50), numbers.slice(50)]) yield tensor(part);
}

describe("adapt", () => {
  it.each<[string, (layer: Discretization) => unknown, number[]]>([
    ["a tensor", (layer) => layer.adapt(tensor(numbers)), [49, 99, 148]],
    ["arrays", (layer) => layer.adapt([numbers.slice(0, 100), numbers.slice(100)]), [49, 99, 148]],
    ["batches", (layer) => layer.adapt([tensor(numbers), tensor(numbers)]), [49, 99, 148]],
    ["what has to be waited for", (layer) => layer.adapt(stream()), [49, 99, 149]],
    ["some of it", (layer) => layer.adapt(stream(), { steps: 1 }), [43, 96, 147]],
    ["integers of 64 bits", (layer) => layer.adapt(tensor(numbers, [200], "int64")), [49, 99, 148]],
  ])("learns from %s", async (_, adapt, expected) => {
    const layer = new Discretization({ num_bins: 4 });
    await adapt(layer);
    expect(layer.bin_boundaries?.map(Math.trunc)).toEqual(expected);
  });

  it("changes what a model predicts that was compiled before, and a clone keeps it", async () => {
    const layer = new Discretization({ num_bins: 2, output_mode: "one_hot" });
    const model = new Sequential([Input({ shape: [1] }), layer]);
    expect(model.outputShape).toEqual([null, 2]);
    layer.adapt(tensor([0, 1, 2, 3]));
    const x = tensor([[1.5]]);
    expect((await model.predict(x)).toArray()).toEqual([[0, 1]]);
    layer.adapt(tensor([2, 3, 4, 5]));
    const clone = cloneModel(model);
    expect((await model.predict(x)).toArray()).toEqual([[1, 0]]);
    expect((await clone.predict(x)).toArray()).toEqual([[1, 0]]);
  });
});

describe("refuses", () => {
  it.each<[string, () => unknown, string]>([
    [
      "boundaries that are not as many as bins need",
      () => new Discretization({ bin_boundaries: [0, 1], num_bins: 2 }),
      "Discretization.num_bins: expected one more than the 2 bin_boundaries, or null, received 2.",
    ],
    [
      "to learn without a number of bins",
      () => new Discretization({ bin_boundaries: [0] }).adapt(tensor([1])),
      "adapt: expected a layer with num_bins, received null.",
    ],
    [
      "to compute before it learned",
      () => new Discretization({ num_bins: 2 }).apply(tensor([1])),
      "expected bin_boundaries, received none. Give num_bins and call adapt first.",
    ],
    [
      "sparse rows",
      () =>
        new Discretization({ bin_boundaries: [0], output_mode: "count", sparse: true }).apply(tensor([1])),
      "expected sparse to be false",
    ],
    [
      "texts",
      () => new Discretization({ bin_boundaries: [0] }).apply(tensor(["a"])),
      "expected numbers, received texts",
    ],
    [
      "texts to learn from",
      () => new Discretization({ num_bins: 2 }).adapt(["a"]),
      "expected numbers, received texts.",
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});

it("reads what Keras 3.6 writes of a layer that has learned nothing", () => {
  const layer = Discretization.fromConfig({ bin_boundaries: [], num_bins: 3 }, { dialect: 306 });
  expect(layer.bin_boundaries).toBeNull();
});
