import { expect, it } from "vitest";
import { tensor } from "../../index.ts";
import type { JsonObject } from "../../json/json.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerArrays, NamedArray } from "../layer-weights.ts";
import { fillBoundaries } from "./learned-boundaries.ts";

const layer = (name: string, config: JsonObject = { num_bins: 4 }) => ({
  class_name: "Discretization",
  config: { name, bin_boundaries: null, ...config },
});

function array(name: string, value: Tensor): NamedArray {
  const { dtype } = value;
  return { name, array: { dtype, shape: value.shape as number[], read: async () => value } };
}

// What Keras 2.9 and 2.15 keep of 1 to 6, 9 and 10; they have the boundaries 2, 4 and 6 then.
const seen = [
  [1, 2, 3, 4, 5, 6, 9, 10],
  [1, 1, 1, 1, 1, 1, 1, 1],
];
const summary = (name: string) => array(name, tensor(seen));
const kernel = array("summary_of_mine", tensor([1]));

it.each(["summary:0", "discretization/summary:0"])(
  "boundaries are made of what is kept as %s",
  async (name) => {
    const own = layer("discretization");
    const layers: LayerArrays[] = [{ name: "discretization", arrays: [summary(name)] }];
    const rest = await fillBoundaries({ config: { layers: [own] } }, layers);
    expect(own.config.bin_boundaries).toEqual([2, 4, 6]);
    expect(rest).toEqual([{ name: "discretization", arrays: [] }]);
  },
);

it("those of a model inside are among its weights", async () => {
  const own = layer("discretization");
  const inner = { class_name: "Sequential", config: { name: "inner", layers: [own] } };
  const layers = [{ name: "inner", arrays: [kernel, summary("summary:0")] }];
  const rest = await fillBoundaries({ config: { layers: [inner] } }, layers);
  expect(own.config.bin_boundaries).toEqual([2, 4, 6]);
  expect(rest).toEqual([{ name: "inner", arrays: [kernel] }]);
});

it("a layer that saw nothing has none, and other layers keep what they have", async () => {
  const own = layer("a");
  const given = layer("b", { bin_boundaries: [1], num_bins: null });
  const nothing = array("a/summary:0", tensor([[], []]));
  const layers = [
    { name: "a", arrays: [nothing] },
    { name: "b", arrays: [summary("summary:0")] },
  ];
  const rest = await fillBoundaries({ config: { layers: [own, given] } }, layers);
  expect(own.config.bin_boundaries).toBe(null);
  expect(given.config.bin_boundaries).toEqual([1]);
  expect(rest).toEqual([{ name: "a", arrays: [] }, layers[1]]);
});
