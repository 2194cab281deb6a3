import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { ShapeError } from "../errors.ts";
import * as ops from "./index.ts";

beforeAll(useReference);

describe("windows over what has too few dimensions", () => {
  it.each([
    ["conv", () => ops.conv(ops.ones([]), ops.ones([0]))],
    ["conv, channels first", () => ops.conv(ops.ones([3]), ops.ones([1]), { data_format: "channels_first" })],
    ["convTranspose", () => ops.convTranspose(ops.ones([2, 3]), ops.ones([3, 2]), { strides: 2 })],
    ["maxPool", () => ops.maxPool(ops.ones([2, 3]), { pool_size: 2 })],
    ["averagePool", () => ops.averagePool(ops.ones([3]), { pool_size: 2 })],
  ])("%s says how many it expects", (_, run) => {
    expect(run).toThrow(ShapeError);
    expect(run).toThrow(/inputs: expected at least 3 dimensions, received \(/);
  });

  it.each([
    ["depthwiseConv", () => ops.depthwiseConv(ops.ones([2, 3, 3]), ops.ones([1]))],
    ["separableConv", () => ops.separableConv(ops.ones([2, 3, 3]), ops.ones([]), ops.ones([1, 3, 3]))],
  ])("%s says what it got as a kernel", (_, run) => {
    expect(run).toThrow(/kernel: expected known channels, received \(/);
  });
});
