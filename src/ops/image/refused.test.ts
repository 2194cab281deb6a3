import { describe, expect, it } from "vitest";
import { tensor } from "../../engines/tensor.ts";
import { KerasTensor } from "../../graph/graph.ts";
import {
  cropImages,
  elasticTransform,
  extractPatches,
  extractPatches3d,
  padImages,
  resize,
} from "./index.ts";

const images = tensor(new Float32Array(120), { shape: [2, 5, 4, 3] });
const symbolic = new KerasTensor({ shape: [2, 5, 4, 3], dtype: "float32" });
const columns = { left_cropping: 0, right_cropping: 0 };
const sides = { left_padding: 0, right_padding: 0 };

type Given = typeof images & typeof symbolic;

const cases: [message: string, call: (given: Given) => unknown][] = [
  [
    "image: expected a crop within images of shape (2, 5, 4, 3), received { top_cropping: 3, bottom_cropping: 3, target_height: null }.",
    (x) => cropImages(x, { top_cropping: 3, bottom_cropping: 3, ...columns }),
  ],
  [
    "image: expected a crop within images of shape (2, 5, 4, 3), received { top_cropping: 6, bottom_cropping: 0, target_height: null }.",
    (x) => cropImages(x, { top_cropping: 6, bottom_cropping: 0, ...columns }),
  ],
  [
    "image: expected a crop within images of shape (2, 5, 4, 3), received { top_cropping: 4, bottom_cropping: null, target_height: 3 }.",
    (x) => cropImages(x, { top_cropping: 4, target_height: 3, ...columns }),
  ],
  [
    "image: expected a crop within images of shape (2, 5, 4, 3), received { top_cropping: null, bottom_cropping: 4, target_height: 3 }.",
    (x) => cropImages(x, { bottom_cropping: 4, target_height: 3, ...columns }),
  ],
  [
    "image: expected a crop within images of shape (2, 5, 4, 3), received { top_cropping: -1, bottom_cropping: 0, target_height: null }.",
    (x) => cropImages(x, { top_cropping: -1, bottom_cropping: 0, ...columns }),
  ],
  [
    "image: expected exactly two of top_cropping, bottom_cropping, target_height, received 1 of them.",
    (x) => cropImages(x, { top_cropping: 1, ...columns }),
  ],
  [
    "image: expected bottom_padding of at least 0, received -2 for images of shape (2, 5, 4, 3).",
    (x) => padImages(x, { top_padding: 0, target_height: 3, ...sides }),
  ],
  [
    "image: expected exactly two of top_padding, bottom_padding, target_height, received 3 of them.",
    (x) => padImages(x, { top_padding: 0, bottom_padding: 1, target_height: 9, ...sides }),
  ],
  [
    "image: expected at least 6 pixels along axis 1 for a patch, received shape (2, 5, 4, 3).",
    (x) => extractPatches(x, { size: 6 }),
  ],
  [
    "image: expected at least 7 pixels along axis 1 for a patch, received shape (2, 5, 4, 3).",
    (x) => extractPatches(x, { size: 3, strides: 1, dilation_rate: 3 }),
  ],
  [
    "ExtractPatches.strides: expected a positive integer, or a list of them, received 0.",
    (x) => extractPatches(x, { size: 2, strides: 0 }),
  ],
  ["Resize.size[0]: expected a positive integer, received 0.", (x) => resize(x, { size: [0, 4] })],
  ["image: expected a finite sigma of at least 0, received -1.", (x) => elasticTransform(x, { sigma: -1 })],
  [
    "image: expected a finite sigma of at least 0, received Infinity.",
    (x) => elasticTransform(x, { sigma: Number.POSITIVE_INFINITY }),
  ],
  [
    "image: expected a finite sigma of at least 0, received NaN.",
    (x) => elasticTransform(x, { sigma: Number.NaN }),
  ],
  [
    "dilation_rate: expected an integer of at least 1, or 2 of them, received [1].",
    (x) => extractPatches(x, { size: 2, dilation_rate: [1] }),
  ],
  [
    "strides: expected an integer of at least 1, or 2 of them, received [1, 2, 3].",
    (x) => extractPatches(x, { size: 2, strides: [1, 2, 3] }),
  ],
  [
    "ExtractPatches.size: expected a positive integer, or two or three of them, received nothing.",
    (x) => extractPatches3d(x, undefined as never),
  ],
  [
    'ElasticTransform.seed: expected an integer or a SeedGenerator, received "a".',
    (x) => elasticTransform(x, { seed: "a" as never }),
  ],
];

describe.each([
  ["tensors", images],
  ["symbols", symbolic],
])("of %s", (_, given) => {
  it.each(cases)("%s", (message, call) => {
    expect(() => call(given as Given)).toThrow(message);
  });
});

it("images of integers for elastic transformations, which draw in their dtype", () => {
  const bytes = tensor(new Uint8Array(12), { shape: [1, 2, 2, 3] });
  expect(() => elasticTransform(bytes)).toThrow("image: expected images of a float dtype, received uint8.");
});

it("images without pixels where others are to be made of them", () => {
  const empty = tensor(new Float32Array(0), { shape: [2, 0, 4, 3] });
  for (const interpolation of ["nearest", "bilinear"] as const)
    expect(() => resize(empty, { size: [3, 4], interpolation })).toThrow(
      "image: expected images that have pixels, received shape (2, 0, 4, 3).",
    );
});

it("leaves nothing where a crop says so, as Keras", () => {
  expect(cropImages(images, { top_cropping: 2, bottom_cropping: 3, ...columns }).shape).toEqual([2, 0, 4, 3]);
});
