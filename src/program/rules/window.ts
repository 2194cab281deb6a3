import { ShapeError } from "../../errors.ts";
import type { DType } from "../../tensor/dtype.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes, Pool } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectRank, mayEqual, oneDtype } from "./check.ts";

/** How often a window fits into a padded dimension. */
function windowCount(
  size: number | null,
  window: number | null,
  stride: number,
  dilation: number,
  padding: readonly [number, number],
): number | null {
  if (size === null || window === null) return null;
  const span = (window - 1) * dilation + 1;
  return Math.floor((size + padding[0] + padding[1] - span) / stride) + 1;
}

function expectRoom(shape: readonly (number | null)[], input: Spec, context: string): void {
  if (shape.some((dimension) => dimension !== null && dimension < 0)) {
    throw new ShapeError(
      context,
      `expected an input as large as the window, received ${formatShape(input.shape)}.`,
    );
  }
}

function conv(inputs: readonly Spec[], attributes: Attributes["conv"]): Spec[] {
  const [x, kernel] = inputs as [Spec, Spec];
  const { strides, padding, dilation, groups } = attributes;
  const dtype = oneDtype(inputs, "conv");
  const spatial = strides.length;
  expectRank(x, spatial + 2, "an input", "conv");
  expectRank(kernel, spatial + 2, "a kernel", "conv");
  const channels = x.shape[spatial + 1]!;
  const received = kernel.shape[spatial]!;
  const filters = kernel.shape[spatial + 1]!;
  if (channels !== null && received !== null && channels !== received * groups) {
    const divided = groups === 1 ? "" : ` in each of ${groups} groups`;
    throw new ShapeError(
      "conv",
      `expected kernel with ${channels / groups} input channels${divided}, received ${received}.`,
    );
  }
  if (filters !== null && filters % groups !== 0) {
    throw new ShapeError("conv", `expected filters in ${groups} equal groups, received ${filters}.`);
  }
  const shape: (number | null)[] = [x.shape[0]!];
  for (let i = 0; i < spatial; i++) {
    shape.push(windowCount(x.shape[i + 1]!, kernel.shape[i]!, strides[i]!, dilation[i]!, padding[i]!));
  }
  shape.push(filters);
  expectRoom(shape, x, "conv");
  return [{ shape, dtype }];
}

function convTranspose(inputs: readonly Spec[], attributes: Attributes["conv_transpose"]): Spec[] {
  const [x, kernel] = inputs as [Spec, Spec];
  const { strides, padding, dilation, groups } = attributes;
  const dtype = oneDtype(inputs, "conv_transpose");
  const spatial = strides.length;
  expectRank(x, spatial + 2, "an input", "conv_transpose");
  expectRank(kernel, spatial + 2, "a kernel", "conv_transpose");
  const channels = x.shape[spatial + 1]!;
  const received = kernel.shape[spatial + 1]!;
  if (!mayEqual(channels, received)) {
    throw new ShapeError(
      "conv_transpose",
      `expected kernel with ${channels} input channels, received ${received}.`,
    );
  }
  if (channels !== null && channels % groups !== 0) {
    throw new ShapeError(
      "conv_transpose",
      `expected channels in ${groups} equal groups, received ${channels}.`,
    );
  }
  const shape: (number | null)[] = [x.shape[0]!];
  for (let i = 0; i < spatial; i++) {
    const size = x.shape[i + 1]!;
    const window = kernel.shape[i]!;
    const [low, high] = padding[i]!;
    const known = size !== null && window !== null;
    shape.push(known ? (size - 1) * strides[i]! + (window - 1) * dilation[i]! + 1 - low - high : null);
  }
  const filters = kernel.shape[spatial]!;
  shape.push(filters === null ? null : filters * groups);
  expectRoom(shape, x, "conv_transpose");
  return [{ shape, dtype }];
}

function pool(name: string, dtype?: DType) {
  return (inputs: readonly Spec[], { window, strides, padding }: Pool): Spec[] => {
    const x = inputs[0]!;
    expectRank(x, window.length + 2, "an input", name);
    const shape = x.shape.slice();
    for (let i = 0; i < window.length; i++) {
      shape[i + 1] = windowCount(shape[i + 1]!, window[i]!, strides[i]!, 1, padding[i]!);
    }
    expectRoom(shape, x, name);
    return [{ shape, dtype: dtype ?? x.dtype }];
  };
}

function upsample(inputs: readonly Spec[], { factors }: Attributes["upsample"]): Spec[] {
  const x = inputs[0]!;
  expectRank(x, factors.length + 2, "an input", "upsample");
  const shape = x.shape.slice();
  for (let i = 0; i < factors.length; i++) {
    const size = shape[i + 1]!;
    shape[i + 1] = size === null ? null : size * factors[i]!;
  }
  return [{ shape, dtype: x.dtype }];
}

export const windowRules = {
  conv,
  conv_transpose: convTranspose,
  max_pool: pool("max_pool"),
  argmax_pool: pool("argmax_pool", "int32"),
  avg_pool: pool("avg_pool"),
  upsample,
};

/** Convolves, pools and upsamples. */
export const windowPrim = /* @__PURE__ */ primOf(windowRules);
