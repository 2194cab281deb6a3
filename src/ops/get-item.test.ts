import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { KerasTensor } from "../graph/graph.ts";
import { Input } from "../layers/index.ts";
import { Functional } from "../models/functional.ts";
import { ellipsis, slice } from "../registry/literals.ts";
import { serialize } from "../registry/serialize.ts";
import { fromNested, toNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { getItem, type Index } from "./get-item.ts";

const x = fromNested([
  [0, 1, 2],
  [3, 4, 5],
]);

beforeAll(useReference);

describe("getItem", () => {
  it.each<[name: string, Index, expected: unknown]>([
    ["x[1]", 1, [3, 4, 5]],
    ["x[-1, 0]", [-1, 0], 3],
    [
      "x[:, 1:]",
      [slice(), slice(1)],
      [
        [1, 2],
        [4, 5],
      ],
    ],
    [
      "x[:, ::-2]",
      [slice(), slice(null, null, -2)],
      [
        [2, 0],
        [5, 3],
      ],
    ],
    ["x[..., 2]", [ellipsis, 2], [2, 5]],
    ["x[None, 0]", [null, 0], [[0, 1, 2]]],
    ["x[0, ..., None]", [0, ellipsis, null], [[0], [1], [2]]],
    [
      "x[:, [2, 0]]",
      [slice(), [2, 0]],
      [
        [2, 0],
        [5, 3],
      ],
    ],
    ["x[9], the nearest place", 9, [3, 4, 5]],
    ["x[-9]", -9, [0, 1, 2]],
    [
      "x[[9, -9]]",
      [[9, -9]],
      [
        [3, 4, 5],
        [0, 1, 2],
      ],
    ],
    [
      "x[tensor] outside",
      fromNested([9, -9], "int64"),
      [
        [3, 4, 5],
        [0, 1, 2],
      ],
    ],
    [
      "x[:sys.maxsize]",
      slice(-(2n ** 63n), 2n ** 63n - 1n),
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    ["x[tensor]", fromNested([[1], [0]]), [[[3, 4, 5]], [[0, 1, 2]]]],
    [
      "x[...]",
      ellipsis,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
  ])("%s", (_, index, expected) => {
    expect(toNested(getItem(x, index) as Tensor)).toEqual(expected);
  });

  it.each<[name: string, Index, message: string]>([
    ["too many", [0, 0, 0], "getItem: expected an index of at most 2 items, received [0, 0, 0]."],
    [
      "two lists",
      [[0], [1]],
      "getItem: expected at most one tensor or list in an index, received [[0], [1]].",
    ],
    ["floats", fromNested([0.5]), "getItem: expected integers in an index, received a tensor of float32."],
    [
      "a fraction",
      1.5,
      "getItem: expected integers, slices, null, ellipsis or tensors in an index, received 1.5.",
    ],
    [
      "no number",
      [0, Number.NaN],
      "getItem: expected integers, slices, null, ellipsis or tensors in an index, received NaN.",
    ],
    [
      "a fraction in a list",
      [[0, 0.5]],
      "getItem: expected integers, slices, null, ellipsis or tensors in an index, received [0, 0.5].",
    ],
    [
      "a fraction in a slice",
      slice(0.5, 2),
      "getItem: expected integers or null in a slice, received { start: 0.5, stop: 2, step: null }.",
    ],
    ["a step of 0", slice(null, null, 0), "getItem: expected a slice with a step other than 0, received 0."],
  ])("says what is wrong with %s", (_, index, message) => {
    expect(() => getItem(x, index)).toThrow(message);
  });
});

describe("getItem of a KerasTensor", () => {
  const symbol = new KerasTensor({ shape: [null, 4, 5], dtype: "int32" });

  it.each<[string, Index, string]>([
    ["a place", [slice(), 4], "getItem: expected a place among 4 of axis 1, received 4."],
    [
      "a place from the end",
      [ellipsis, null, -6],
      "getItem: expected a place among 5 of axis 2, received -6.",
    ],
    ["a list", [slice(), [0, 7]], "getItem: expected a place among 4 of axis 1, received 7."],
  ])("refuses %s that is not there", (_, index, message) => {
    expect(() => getItem(symbol, index)).toThrow(message);
  });

  it("leaves a place of an open dimension to the run, where it is the nearest", async () => {
    const inputs = Input({ shape: [null, 1] });
    const model = new Functional({ inputs, outputs: getItem(inputs, [slice(), 5]) });
    const steps = tensor([[[1], [2], [3]]], { dtype: "float32" });
    expect(toNested(model.apply(steps) as Tensor)).toEqual([[3]]);
    expect(toNested((await model.predict(steps)) as Tensor)).toEqual([[3]]);
  });

  it("adds a call of GetItem to the graph", () => {
    const part = getItem(symbol, [slice(), 0, null, ellipsis]);
    expect(part.shape).toEqual([null, 1, 5]);
    expect(part.dtype).toBe("int32");
    const { operation, args } = part.node!;
    expect(operation.constructor.className).toBe("GetItem");
    expect(serialize(args[1])).toEqual([
      { class_name: "__slice__", config: { start: null, stop: null, step: null } },
      0,
      null,
      { class_name: "__ellipsis__", config: {} },
    ]);
  });

  it("takes a KerasTensor that chooses places", () => {
    const places = new KerasTensor({ shape: [null], dtype: "int32" });
    expect(getItem(symbol, [slice(), places]).shape).toEqual([null, null, 5]);
  });

  it("keeps a list of places apart from places on several axes", () => {
    expect(getItem(symbol, [[2, 0]]).shape).toEqual([2, 4, 5]);
    expect(getItem(symbol, [2, 0]).shape).toEqual([5]);
  });

  it("writes a single item by itself", () => {
    expect(serialize(getItem(symbol, 1).node!.args[1])).toBe(1);
    expect(serialize(getItem(symbol, [1]).node!.args[1])).toBe(1);
  });
});
