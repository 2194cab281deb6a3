import { expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { KerasTensor } from "../graph/graph.ts";
import { Embedding } from "./core/embedding.ts";
import { Identity } from "./core/identity.ts";
import { Input } from "./core/input-layer.ts";
import { Masking } from "./core/masking.ts";
import { Add, Concatenate } from "./merging/index.ts";

const tokens = Input({ shape: [3], dtype: "int32" });
const states = [Input({ shape: [3, 2] }), Input({ shape: [3, 2] })];
const masks = [Input({ shape: [3], dtype: "bool" }), Input({ shape: [3], dtype: "bool" })];

it.each([
  [
    "Embedding",
    () => new Embedding({ input_dim: 5, output_dim: 2, mask_zero: true }).computeMask(tokens as never),
  ],
  ["Add", () => new Add().computeMask(states as never, masks as never, {})],
  ["Masking", () => new Masking().computeMask(states[0] as never)],
  ["Concatenate", () => new Concatenate().computeMask(states as never, [masks[0], null] as never)],
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

it("takes masks where a layer passes them on", () => {
  const layer = new Identity({ name: "same" });
  const [x, mask] = [tensor([[1, 2]]), tensor([[true, false]])];
  expect(layer.computeMask(x, mask, {})).toBe(mask);
  expect(layer.computeMask(x, undefined as never, {})).toBeNull();
  expect(layer.computeMask({ x } as never, { x: mask } as never, {})).toEqual({ x: mask });
  expect(() => layer.computeMask("x" as never, mask, {})).toThrow(/^layer "same": expected /);
  expect(() => layer.computeMask(x, "mask" as never, {})).toThrow(
    'layer "same": expected a mask, or null, received "mask".',
  );
});
