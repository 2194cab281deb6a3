import { expect, it } from "vitest";
import { tensor } from "../../engines/tensor.ts";
import { scaleAndTranslate } from "./scale-and-translate.ts";
import { ssim } from "./ssim.ts";

const image = tensor([
  [1, 2],
  [3, 4],
]);
const options = { spatial_dims: [0, 1], method: "linear" } as const;

it("says what shape and which numbers it needs", () => {
  expect(() => scaleAndTranslate(image, [4], [2, 2], [0, 0], options)).toThrow(
    "scaleAndTranslate: expected an output_shape of 2 dimensions, received [4].",
  );
  expect(() => scaleAndTranslate(image, [4, 4], [2], [0, 0], options)).toThrow(
    "scaleAndTranslate: expected scale to be 2 numbers, one for each of spatial_dims, received [2].",
  );
  expect(() => scaleAndTranslate(image, [4, 4], [2, 2], image, options)).toThrow(
    "scaleAndTranslate: expected translation to be 2 numbers, one for each of spatial_dims, received Tensor.",
  );
});

it("compares images with images", () => {
  expect(() => ssim(image, image)).toThrow(
    "image: expected two images, or two batches of images, received (2, 2) and (2, 2).",
  );
});
