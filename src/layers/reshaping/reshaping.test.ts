import { describe, expect, it } from "vitest";
import { ConfigError, ShapeError } from "../../errors.ts";
import { Input } from "../core/input-layer.ts";
import type { Layer } from "../layer.ts";
import { Cropping1D, Cropping2D, Permute, Reshape, UpSampling2D, ZeroPadding2D } from "./index.ts";

describe("options that reshaping layers refuse", () => {
  it.each<[make: () => unknown, message: string]>([
    [
      () => new Permute({ dims: [1, 3] }),
      "Permute.dims: expected the integers from 1 on, each once, in any order, received [1, 3].",
    ],
    [
      () => new Reshape({ target_shape: [-1, -1] }),
      "Reshape.target_shape: expected a list of integers of at least 0, at most one of them -1, received [-1, -1].",
    ],
    [
      () => new Reshape({ target_shape: [2, -2] }),
      "Reshape.target_shape[1]: expected an integer of at least 0 or -1, received -2.",
    ],
    [
      () => new Cropping2D({ cropping: [1, 2, 3] }),
      "Cropping2D.cropping: expected an integer of at least 0, 2 of them, or 2 pairs of them, received [1, 2, 3].",
    ],
    [
      () => new ZeroPadding2D({ padding: [[1, -1], 2] }),
      "ZeroPadding2D.padding: expected an integer of at least 0, 2 of them, or 2 pairs of them, received [[1, -1], 2].",
    ],
    [
      () => new UpSampling2D({ interpolation: "area" as never }),
      'UpSampling2D.interpolation: expected one of "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", received "area".',
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(message);
  });
});

describe("inputs that reshaping layers refuse", () => {
  it.each<[layer: Layer, shape: number[], message: string]>([
    [
      new Reshape({ target_shape: [5], name: "r" }),
      [2, 3],
      'layer "r": expected samples that can have the shape (5,), received (2, 3).',
    ],
    [
      new Reshape({ target_shape: [4, -1], name: "r" }),
      [2, 3],
      'layer "r": expected samples that can have the shape (4, -1), received (2, 3).',
    ],
    [
      new Cropping1D({ cropping: [2, 1], name: "c" }),
      [3, 4],
      'layer "c": expected an input larger than its cropping [[2, 1]], received shape (None, 3, 4).',
    ],
    [
      new Permute({ dims: [2, 1], name: "p" }),
      [2, 3, 4],
      'layer "p": expected rank 3, received shape (None, 2, 3, 4).',
    ],
  ])("%#", (layer, shape, message) => {
    const call = () => layer.apply(Input({ shape }));
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(message);
  });
});

describe("sides", () => {
  it.each([
    [
      2,
      [
        [2, 2],
        [2, 2],
      ],
    ],
    [
      [1, 2],
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      [[0, 1], 2],
      [
        [0, 1],
        [2, 2],
      ],
    ],
  ] as const)("%j", (given, held) => {
    expect(new ZeroPadding2D({ padding: given }).padding).toEqual(held);
  });
});
