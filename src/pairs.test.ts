import { expect, it } from "vitest";
import { pairs } from "./pairs.ts";

it("puts two lists side by side", () => {
  expect(pairs([1, 2], ["a", "b"])).toEqual([
    [1, "a"],
    [2, "b"],
  ]);
  expect(pairs([], [])).toEqual([]);
});

it("takes lists of one length only", () => {
  expect(() => pairs([1], [])).toThrow("Ceratops has a bug: 1 values meet 0. Please report it.");
});
