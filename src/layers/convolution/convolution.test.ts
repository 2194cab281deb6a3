import { describe, expect, it } from "vitest";
import { ConfigError, ShapeError } from "../../errors.ts";
import { Input } from "../core/input-layer.ts";
import { Conv1D, Conv2D, Conv2DTranspose, DepthwiseConv2D } from "./index.ts";

const some = { filters: 2, kernel_size: 3 };

describe("options that convolutions refuse", () => {
  it.each<[make: () => unknown, message: string]>([
    [
      () => new Conv2D({ filters: 3, kernel_size: 3, groups: 2 }),
      "Conv2D.groups: expected a number that divides the 3 filters, received 2.",
    ],
    [
      () => new Conv2D({ ...some, strides: [1, 2], dilation_rate: 2 }),
      "Conv2D.dilation_rate: expected 1 in every dimension because strides are [1, 2], received [2, 2].",
    ],
    [
      () => new Conv2D({ ...some, padding: "causal" as never }),
      'Conv2D.padding: expected one of "valid", "same", received "causal".',
    ],
    [
      () => new Conv2D({ filters: 2, kernel_size: [3, 0] }),
      "Conv2D.kernel_size: expected an integer of at least 1 or 2 of them, received [3, 0].",
    ],
    [
      () => new Conv2DTranspose({ ...some, strides: 2, output_padding: [1, 2] }),
      "Conv2DTranspose.output_padding: expected less than the strides [2, 2], received [1, 2].",
    ],
    [
      () => new Conv2DTranspose({ ...some, strides: 2, dilation_rate: 3 }),
      "Conv2DTranspose.dilation_rate: expected 1 in every dimension because strides are [2, 2], received [3, 3].",
    ],
    [
      () => new DepthwiseConv2D({ kernel_size: 3, depth_multiplier: 0 }),
      "DepthwiseConv2D.depth_multiplier: expected a positive integer, received 0.",
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(message);
  });

  it("names the place in a config that is read", () => {
    const read = () => Conv2D.fromConfig({ filters: 3, kernel_size: 3, groups: 2 });
    expect(read).toThrow("config.groups: expected a number that divides the 3 filters, received 2.");
  });
});

describe("inputs that convolutions refuse", () => {
  it.each<[shape: (number | null)[], options: object, message: string]>([
    [[28, 28], {}, 'layer "c": expected a rank of at least 4, received shape (None, 28, 28).'],
    [
      [8, 8, null],
      {},
      'layer "c": expected axis -1 of its input to have a known size, received shape (None, 8, 8, None).',
    ],
    [
      [8, 8, 3],
      { groups: 2 },
      'layer "c": expected input channels that its 2 groups divide, received shape (None, 8, 8, 3).',
    ],
  ])("%j %j", (shape, options, message) => {
    const call = () => new Conv2D({ ...some, ...options, name: "c" }).apply(Input({ shape }));
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(message);
  });

  it("other channels than it was built for", () => {
    const layer = new Conv1D({ ...some, name: "c" });
    layer.apply(Input({ shape: [5, 3] }));
    expect(() => layer.apply(Input({ shape: [5, 4] }))).toThrow(
      'layer "c": expected axis -1 to have size 3, received shape (None, 5, 4).',
    );
  });
});

describe("options as Keras takes them", () => {
  it("one number for all dimensions, padding in any case", () => {
    const { kernel_size, strides, padding } = new Conv2D({ ...some, strides: 2, padding: "SAME" as never });
    expect({ kernel_size, strides, padding }).toEqual({
      kernel_size: [3, 3],
      strides: [2, 2],
      padding: "same",
    });
  });
});

describe("the size of a transposed convolution", () => {
  // Given by Keras 3.15 for inputs (2, 3, 4, 2).
  it.each([
    [{ kernel_size: 3, strides: 2, padding: "same", output_padding: 1 }, [null, 6, 8, 2]],
    [{ kernel_size: 3, strides: 2, padding: "valid", output_padding: 1 }, [null, 8, 10, 2]],
    [{ kernel_size: 2, strides: 3, padding: "same", output_padding: 0 }, [null, 6, 9, 2]],
    [{ kernel_size: 4, strides: 3, padding: "valid", output_padding: 2 }, [null, 12, 15, 2]],
    [{ kernel_size: 5, strides: 2, padding: "same", output_padding: 0 }, [null, 5, 7, 2]],
    [{ kernel_size: 1, strides: 2, padding: "same", output_padding: 1 }, [null, 6, 8, 2]],
    [{ kernel_size: 3, padding: "same", dilation_rate: 2 }, [null, 3, 4, 2]],
  ] as const)("%j", (options, shape) => {
    expect(new Conv2DTranspose({ filters: 2, ...options }).apply(Input({ shape: [3, 4, 2] })).shape).toEqual(
      shape,
    );
  });
});
