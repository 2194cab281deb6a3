import { describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import * as Q from "./index.ts";

useReference();

const x = tensor([[0.5, -1]]);
const bytes = tensor([[1], [2], [3]], { dtype: "int8" });
const fake = (options: unknown) => () =>
  Q.fakeQuantWithMinMaxVars(x, tensor(-1), tensor(1), options as never);
const pack = (options: unknown) => () => Q.packInt4(bytes, options as never);
const unpack = (length: unknown, options?: unknown) => () =>
  Q.unpackInt4(bytes, length as never, options as never);
const largest = (options: object) => () => Q.absMaxQuantize(x, { axis: -1, ...options } as never);
const grouped = (options: object) => () =>
  Q.absMaxQuantizeGroupedWithZeroPoint(x, { block_size: 1, ...options } as never);

describe("functions of quantizers say what they do not take", () => {
  it.each([
    [pack({ axes: 3 }), 'packInt4: unknown option "axes". Did you mean "axis"?'],
    [pack(3), "packInt4: expected an object of options, received 3."],
    [pack({ axis: 2 }), "packInt4: expected an axis from -2 to 1, received 2."],
    [pack({ dtype: "int4" }), 'packInt4: expected dtype to be "int8" or "uint8", received "int4".'],
    [pack({ dtype: "uint8" }), "packInt4: expected uint8, received int8."],
    [unpack(3, { axes: 3 }), 'unpackInt4: unknown option "axes". Did you mean "axis"?'],
    [unpack(undefined), "unpackInt4: expected length to be an integer from 0 to 6, received nothing."],
    [unpack(7), "unpackInt4: expected length to be an integer from 0 to 6, received 7."],
    [unpack(3, { axis: 1 }), "unpackInt4: expected length to be an integer from 0 to 2, received 3."],
    [unpack(-1), "unpackInt4: expected length to be an integer from 0 to 6, received -1."],
    [unpack("2"), 'unpackInt4: expected length to be an integer from 0 to 6, received "2".'],
    [fake({ numbits: 3 }), 'fakeQuantWithMinMaxVars: unknown option "numbits". Did you mean "num_bits"?'],
    [
      fake({ num_bits: "a" }),
      'fakeQuantWithMinMaxVars: expected num_bits to be an integer from 1 to 32, received "a".',
    ],
    [
      fake({ num_bits: 0 }),
      "fakeQuantWithMinMaxVars: expected num_bits to be an integer from 1 to 32, received 0.",
    ],
    [
      fake({ narrow_range: 1 }),
      "fakeQuantWithMinMaxVars: expected narrow_range to be true or false, received 1.",
    ],
    [
      largest({ axis: null }),
      "absMaxQuantize: expected axis to be an axis or a list of axes, received nothing.",
    ],
    [
      largest({ value_range: [3] }),
      "absMaxQuantize: expected value_range to be the least and the largest integer, received [3].",
    ],
    [
      largest({ value_range: [7, -8] }),
      "absMaxQuantize: expected value_range to be the least and the largest integer, received [7, -8].",
    ],
    [largest({ dtype: "int9" }), 'absMaxQuantize: expected dtype to be a dtype of numbers, received "int9".'],
    [largest({ epsilon: "a" }), 'absMaxQuantize: expected epsilon to be a number from 0 on, received "a".'],
    [
      grouped({ epsilon: Number.NaN }),
      "absMaxQuantizeGroupedWithZeroPoint: expected epsilon to be a number from 0 on, received NaN.",
    ],
  ])("%#", (call, message) => expect(call).toThrow(expect.objectContaining({ message })));
});

it("take null for what is not given", () => {
  const none = { value_range: null, dtype: null, epsilon: null };
  expect(largest(none)()).toEqual(largest({})());
  expect(grouped(none)()).toEqual(grouped({})());
});

it("have groups no longer than the matrix and a zero behind it", () => {
  const matrix = tensor([[1], [3]], { dtype: "float32" });
  const of = (block_size: number) => Q.absMaxQuantizeGroupedWithZeroPoint(matrix, { block_size });
  expect(of(1e9)).toEqual(of(3));
});
