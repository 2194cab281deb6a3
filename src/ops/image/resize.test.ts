import { beforeAll, describe, expect, it } from "vitest";
import { onnxruntime } from "../../engines/onnxruntime/index.ts";
import { reference, useReference } from "../../engines/reference/index.ts";
import { Builder } from "../../program/builder.ts";
import type { Value } from "../../program/value.ts";
import { fromNumbers, toNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { resize } from "./index.ts";

beforeAll(useReference);

const engines = [reference, onnxruntime({ package: "onnxruntime-node" })];
const [rows, columns] = [7, 5];
const images = fromNumbers(
  "float32",
  [2, rows, columns, 3],
  Array.from({ length: 2 * rows * columns * 3 }, (_, i) => Math.sin(0.37 * i)),
);

/** What a program gives that learns the images' size when it runs. */
async function opened(body: (x: Value) => Value): Promise<number[][]> {
  const builder = new Builder();
  const x = builder.input({ shape: [null, null, null, 3], dtype: "float32" });
  const program = builder.finish([body(x)]);
  return Promise.all(
    engines.map(async (engine) => {
      const executable = await engine.compile(program);
      const [result] = await executable.run([images]);
      await executable.dispose();
      return [...toNumbers(result!)];
    }),
  );
}

describe("images of a size that is known when a program runs", () => {
  const sizes = [
    [3, 8],
    [9, 2],
    [4, 4],
  ] as const;
  const interpolations = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] as const;
  const ways = [
    ...interpolations.flatMap((interpolation) => [{ interpolation }, { interpolation, antialias: true }]),
    { crop_to_aspect_ratio: true },
    { pad_to_aspect_ratio: true, fill_value: 0.5 },
  ];
  it.each(sizes.flatMap((size) => ways.map((way) => ({ size, ...way }))))("%j", async (options) => {
    const expected = [...toNumbers(resize(images, options) as Tensor)];
    for (const received of await opened((x) => resize(x, options) as Value)) {
      expect(received.length).toBe(expected.length);
      for (const [i, number] of received.entries()) expect(number).toBeCloseTo(expected[i]!, 5);
    }
  });
});

it("takes a part or adds bars, not both", () => {
  const options = { size: [2, 2], crop_to_aspect_ratio: true, pad_to_aspect_ratio: true };
  expect(() => resize(images, options)).toThrow(
    "image: expected crop_to_aspect_ratio or pad_to_aspect_ratio, received both.",
  );
});
