import { expect, it } from "vitest";
import { Functional, Input } from "../index.ts";
import { image } from "../ops/index.ts";

// Operations on images in versions before they took no data_format.

const edges = { top_cropping: 1, bottom_cropping: 1, left_cropping: 1, right_cropping: 1 };
const x = () => Input({ shape: [6, 6, 3], name: "x" });
const resized = (format: "channels_last" | null) => {
  const inputs = x();
  return new Functional({ inputs, outputs: image.resize(inputs, { size: [2, 2], data_format: format }) });
};
const cropped = (format: "channels_last" | "channels_first" | null) => {
  const inputs = x();
  return new Functional({ inputs, outputs: image.cropImages(inputs, { ...edges, data_format: format }) });
};

it.each([null, "channels_last"] as const)("those that had one say it, the others do not: %s", (format) => {
  expect(resized(format).toJson({ keras: "3.3" })).toContain('"data_format": "channels_last"');
  expect(resized(format).toJson({ keras: "3.4" })).toContain(`"data_format": ${JSON.stringify(format)}`);
  expect(cropped(format).toJson({ keras: "3.3" })).not.toContain("data_format");
  expect(cropped(format).toJson({ keras: "3.4" })).toContain(`"data_format": ${JSON.stringify(format)}`);
});

it("another one is refused where there was none", () => {
  expect(() => cropped("channels_first").toJson({ keras: "3.3" })).toThrow(
    'CropImages.data_format: expected "channels_last", all that versions before 3.4 know, received "channels_first".',
  );
});
