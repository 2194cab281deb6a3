import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordTensor } from "../../test/formula.ts";
import type { Engine } from "../engines/engine.ts";
import { expectClose } from "../engines/expect-close.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference, useReference } from "../engines/reference/index.ts";
import { openValue, trace } from "../models/trace.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Conv1D, Conv2D, Conv2DTranspose, DepthwiseConv2D, SeparableConv2D } from "./convolution/index.ts";
import type { Layer } from "./layer.ts";
import {
  AveragePooling2D,
  GlobalAveragePooling1D,
  GlobalMaxPooling2D,
  MaxPooling1D,
  MaxPooling2D,
} from "./pooling/index.ts";
import {
  Cropping2D,
  Flatten,
  Permute,
  RepeatVector,
  Reshape,
  UpSampling1D,
  UpSampling2D,
  ZeroPadding2D,
} from "./reshaping/index.ts";

useReference();
const engines: readonly Engine[] = [reference, onnxruntime({ package: "onnxruntime-node" })];

const image: Shape = [null, null, null, 3];
const imageFirst: Shape = [null, 3, null, null];
const sequence: Shape = [null, null, 3];
const same = { padding: "same" } as const;

/** Layers, an input of unknown dimensions, and the shape that follows from it. */
const cases: Readonly<Record<string, readonly [make: () => Layer, input: Shape, output: Shape]>> = {
  "Conv1D, causal": [
    () => new Conv1D({ filters: 2, kernel_size: 3, padding: "causal" }),
    sequence,
    [null, null, 2],
  ],
  "Conv2D, valid": [
    () => new Conv2D({ filters: 2, kernel_size: 2, strides: 2 }),
    image,
    [null, null, null, 2],
  ],
  "Conv2D, same": [() => new Conv2D({ filters: 2, kernel_size: 3, ...same }), image, [null, null, null, 2]],
  "Conv2D, same and strides": [
    () => new Conv2D({ filters: 2, kernel_size: [3, 2], strides: [2, 3], ...same }),
    image,
    [null, null, null, 2],
  ],
  "Conv2D, channels first, same and strides": [
    () => new Conv2D({ filters: 2, kernel_size: 3, strides: 2, data_format: "channels_first", ...same }),
    imageFirst,
    [null, 2, null, null],
  ],
  DepthwiseConv2D: [() => new DepthwiseConv2D({ kernel_size: 3, strides: 2, ...same }), image, image],
  SeparableConv2D: [
    () => new SeparableConv2D({ filters: 2, kernel_size: 3, ...same }),
    image,
    [null, null, null, 2],
  ],
  Conv2DTranspose: [
    () => new Conv2DTranspose({ filters: 2, kernel_size: 3, strides: 2, ...same }),
    image,
    [null, null, null, 2],
  ],
  MaxPooling1D: [() => new MaxPooling1D({ pool_size: 3, strides: 2, ...same }), sequence, sequence],
  MaxPooling2D: [() => new MaxPooling2D({ ...same }), image, image],
  AveragePooling2D: [() => new AveragePooling2D({ pool_size: 3, strides: [1, 2], ...same }), image, image],
  GlobalMaxPooling2D: [() => new GlobalMaxPooling2D(), image, [null, 3]],
  GlobalAveragePooling1D: [() => new GlobalAveragePooling1D(), sequence, [null, 3]],
  Flatten: [() => new Flatten(), image, [null, null]],
  "Flatten, channels first": [() => new Flatten({ data_format: "channels_first" }), imageFirst, [null, null]],
  Reshape: [() => new Reshape({ target_shape: [-1, 1, 3] }), image, [null, null, 1, 3]],
  Permute: [() => new Permute({ dims: [3, 1, 2] }), image, [null, 3, null, null]],
  RepeatVector: [() => new RepeatVector({ n: 2 }), [null, null], [null, 2, null]],
  Cropping2D: [
    () =>
      new Cropping2D({
        cropping: [
          [1, 0],
          [0, 1],
        ],
      }),
    image,
    image,
  ],
  ZeroPadding2D: [
    () =>
      new ZeroPadding2D({
        padding: [
          [1, 0],
          [0, 2],
        ],
      }),
    image,
    image,
  ],
  UpSampling1D: [() => new UpSampling1D({ size: 3 }), sequence, sequence],
  UpSampling2D: [() => new UpSampling2D({ interpolation: "bilinear" }), image, image],
};

describe("unknown dimensions", () => {
  it.each(Object.entries(cases))("%s", async (_, [make, input, output]) => {
    const layer = make();
    const { program } = trace(layer, openValue(input, "float32"));
    expect(program.outputs[0]!.shape).toEqual(output);
    const executables = await Promise.all(engines.map((engine) => engine.compile(program)));
    const size = fc.integer({ min: 3, max: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(size, { minLength: input.length, maxLength: input.length }),
        async (sizes) => {
          const x = recordTensor({
            k: 1,
            dtype: "float32",
            shape: input.map((known, i) => known ?? sizes[i]!),
          });
          const expected = layer.apply<Tensor>(x);
          for (const [i, executable] of executables.entries()) {
            expectClose((await executable.run([x]))[0]!, expected, `${engines[i]!.name} ${sizes}`);
          }
        },
      ),
      { numRuns: 10 },
    );
    for (const executable of executables) await executable.dispose();
  });
});
