import { expect, it } from "vitest";
import { KerasTensor } from "../graph/graph.ts";
import { Embedding } from "./core/embedding.ts";
import { Input } from "./core/input-layer.ts";
import { Add } from "./merging/index.ts";

const tokens = Input({ shape: [3], dtype: "int32" });
const states = [Input({ shape: [3, 2] }), Input({ shape: [3, 2] })];
const masks = [Input({ shape: [3], dtype: "bool" }), Input({ shape: [3], dtype: "bool" })];

it.each([
  [
    "Embedding",
    () => new Embedding({ input_dim: 5, output_dim: 2, mask_zero: true }).computeMask(tokens as never),
  ],
  ["Add", () => new Add().computeMask(states as never, masks as never, {})],
])("a mask of %s that is asked for by hand is a tensor of the graph for those of the graph", (_, mask) => {
  const found = mask();
  expect(found).toBeInstanceOf(KerasTensor);
  expect(found).toMatchObject({ shape: [null, 3], dtype: "bool" });
});

it("says what a mask has to be, for them too", () => {
  expect(() => new Add({ name: "sum" }).computeMask(states as never, masks[0] as never, {})).toThrow(
    'layer "sum": expected a list of 2 masks, or null, received KerasTensor.',
  );
});
