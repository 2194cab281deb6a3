import { expect, it } from "vitest";
import { Input } from "../layers/core/input-layer.ts";
import { Reshape } from "../layers/reshaping/reshape.ts";
import { Sequential } from "../models/sequential.ts";
import { Value } from "./value.ts";

const ones = (count: number) => new Array<number>(count).fill(1);

it.each<[what: string, make: (count: number) => unknown]>([
  ["a value", (count) => new Value(ones(count), "float32")],
  ["an input", (count) => Input({ batch_shape: ones(count) })],
  [
    "an output",
    (count) => new Sequential([Input({ shape: [1] }), new Reshape({ target_shape: ones(count - 1) })]),
  ],
])("%s has at most 254 dimensions: what is done for each of them is done for each call", (_, make) => {
  expect(make(254)).toBeDefined();
  expect(() => make(255)).toThrow("shape: expected at most 254 dimensions, received 255.");
});

it("has no numbers, and says so", () => {
  expect(() => new Value([null, 2], "float32").toArray()).toThrow(
    "toArray: expected a tensor, received a value of float32 (None, 2), which has no numbers before its program runs.",
  );
});
