import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noteFor } from "../../test/tried.ts";
import { toNumbers } from "../tensor/cast.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  type CategoricalOptions,
  type PadOptions,
  packXYSampleWeight,
  padSequences,
  type SplitOptions,
  splitDataset,
  type TimeseriesOptions,
  timeseriesDatasetFromArray,
  toCategorical,
  unpackXYSampleWeight,
} from "./index.ts";

interface OnArrays<Given, Options> {
  readonly given: Given;
  readonly options: Options;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const golden = JSON.parse(readFileSync(new URL("data.golden.json", import.meta.url), "utf8")) as {
  readonly to_categorical: readonly OnArrays<NestedArray, CategoricalOptions>[];
  readonly pad_sequences: readonly OnArrays<readonly NestedArray[], PadOptions>[];
  readonly timeseries_dataset_from_array: readonly {
    readonly given: readonly [NestedArray, NestedArray | null];
    readonly options: TimeseriesOptions;
    readonly batches: readonly (readonly { dtype: string; shape: number[]; values: number[] }[])[];
  }[];
  readonly split_dataset: readonly {
    readonly given: number;
    readonly options: SplitOptions;
    readonly parts: readonly (readonly number[])[];
  }[];
  readonly pack_x_y_sample_weight: readonly { given: [unknown, unknown?, unknown?]; packed: unknown }[];
  readonly unpack_x_y_sample_weight: readonly { given: never; parts: unknown }[];
};

function expectTensor(
  tensor: Tensor,
  { shape, values }: { shape: readonly number[]; values: readonly number[] },
) {
  expect({ shape: tensor.shape, values: [...toNumbers(tensor)] }).toEqual({ shape, values });
}

/** A test for each record, noted for the table of compatibility. */
function each<R extends { readonly given: unknown }>(
  name: string,
  records: readonly R[],
  check: (record: R) => void,
) {
  for (const record of records)
    it(`${name} of ${JSON.stringify(record)}`, (context) =>
      noteFor(context, `utils.${name}`)("values", () => check(record)));
}

describe("is what Keras gives", () => {
  each("to_categorical", golden.to_categorical, (record) => {
    expectTensor(toCategorical(record.given, record.options), record);
    expectTensor(toCategorical(fromNested(record.given), record.options), record);
  });

  each("pad_sequences", golden.pad_sequences, (record) => {
    expectTensor(padSequences(record.given, record.options), record);
    const tensors = record.given.map((sequence) => fromNested(sequence));
    expectTensor(padSequences(tensors, record.options), record);
  });

  each(
    "timeseries_dataset_from_array",
    golden.timeseries_dataset_from_array,
    ({ given, options, batches }) => {
      const made = timeseriesDatasetFromArray(given[0], given[1] as NestedArray, options);
      const parts = () =>
        Array.from(made as Iterable<Tensor | Tensor[]>, (batch) =>
          [batch]
            .flat()
            .map((each) => ({ dtype: each.dtype, shape: each.shape, values: [...toNumbers(each)] })),
        );
      expect(parts()).toEqual(batches);
      expect(parts()).toEqual(batches);
    },
  );

  each("split_dataset", golden.split_dataset, ({ given, options, parts }) => {
    const all = fromNested(Array.from({ length: given }, (_, i) => i));
    expect(splitDataset(all, options).map((half) => half.toArray())).toEqual(parts);
    expect(splitDataset([all], options).map(([half]) => half!.toArray())).toEqual(parts);
    expect(splitDataset({ all }, options).map((half) => half.all.toArray())).toEqual(parts);
  });

  each("pack_x_y_sample_weight", golden.pack_x_y_sample_weight, ({ given: [x, y, weight], packed }) => {
    expect(packXYSampleWeight(x, y, weight)).toEqual(packed);
  });

  each("unpack_x_y_sample_weight", golden.unpack_x_y_sample_weight, ({ given, parts }) => {
    expect(unpackXYSampleWeight(given)).toEqual(parts);
  });
});

it("pads texts, and keeps large integers", () => {
  expect(padSequences([["a"], ["b", "c"]], { dtype: "string" }).toArray()).toEqual([
    ["", "a"],
    ["b", "c"],
  ]);
  const large = padSequences([[2n ** 60n], []], { dtype: "int64", value: 7 });
  expect(large.toArray()).toEqual([[2n ** 60n], [7]]);
});

describe("refuses", () => {
  it.each<[string, () => unknown, string]>([
    [
      "no class",
      () => toCategorical([0, 3], { num_classes: 3 }),
      "expected integers from 0 to 2, received 3.",
    ],
    ["a class below 0", () => toCategorical([-1, 1]), "expected integers from 0 to 1, received -1."],
    ["no number", () => toCategorical([Number.NaN, 1]), "expected integers from 0 to 1, received NaN."],
    ["nothing to count", () => toCategorical([]), "expected num_classes where there are no numbers"],
    ["texts", () => toCategorical(["a"]), "expected numbers of classes, received texts."],
    ["half a class", () => toCategorical([0], { num_classes: 0.5 }), "num_classes to be a positive integer"],
    ["no sequences", () => padSequences([]), "padSequences: expected a list of sequences, received []."],
    ["a number", () => padSequences([1]), "padSequences: sequences[0]: expected a sequence, received 1."],
    [
      "rows of several widths",
      () => padSequences([[[1, 2]], [[3]]]),
      "padSequences: sequences[1]: expected elements of the shape (2,), received (1,).",
    ],
    [
      "texts among numbers",
      () => padSequences([["a"]]),
      'expected numbers, because dtype is "int32", received string.',
    ],
    [
      "a text to fill up numbers with",
      () => padSequences([[1]], { value: "a" }),
      'expected value to be a number, because dtype is "int32", received "a".',
    ],
    [
      "another side",
      () => padSequences([[1]], { padding: "both" as "pre" }),
      'padding to be "pre" or "post"',
    ],
    ["four parts", () => unpackXYSampleWeight([1, 2, 3, 4] as never), "expected inputs, or a list of inputs"],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});

describe("series are refused", () => {
  it.each<[string, object, RegExp]>([
    ["without a length", {}, /expected sequence_length to be a positive integer, received nothing\.$/],
    [
      "with a stride as long",
      { sequence_length: 1, sequence_stride: 3 },
      /expected sequence_stride to be less than the 3 points, received 3\.$/,
    ],
    [
      "with a rate of 0",
      { sequence_length: 1, sampling_rate: 0 },
      /expected sampling_rate to be a positive integer, received 0\.$/,
    ],
    ["that are shuffled", { sequence_length: 1, shuffle: true }, /unknown option "shuffle"\.$/],
  ])("%s", (_, options, message) => {
    expect(() => timeseriesDatasetFromArray([1, 2, 3], null, options as TimeseriesOptions)).toThrow(message);
  });

  it("with too few targets", () => {
    const options = { sequence_length: 1, start_index: 2 };
    expect(() => timeseriesDatasetFromArray([1, 2, 3, 4], [1, 2], options)).toThrow(
      /expected a target for each point that a window begins at, the last at 3, received 2 of them\.$/,
    );
  });
});

it("windows longer than the series are none, and null is what is not given", () => {
  const windows = (options: object) => [
    ...timeseriesDatasetFromArray([1, 2, 3], null, { sequence_length: 2, ...options }),
  ];
  expect(windows({ sequence_length: 2 ** 40 })).toEqual([]);
  expect(windows({ sequence_stride: null, sampling_rate: null })).toEqual(windows({}));
});

describe("splits are refused", () => {
  const ten = fromNested(Array.from({ length: 10 }, (_, i) => i));
  it.each<[unknown, object, RegExp]>([
    [ten, {}, /expected left_size or right_size, received neither\.$/],
    [
      ten,
      { left_size: 10 },
      /expected left_size to be an integer from 1 to 9, or a part between 0 and 1, received 10\.$/,
    ],
    [
      ten,
      { left_size: 0.9, right_size: 0.2 },
      /expected parts of the 10 samples that are not empty, received 9 and 2\.$/,
    ],
    [ten, { left_size: 0.01 }, /received 0 and 10\.$/],
    [
      [ten, fromNested([1])],
      { left_size: 1 },
      /expected tensors with a row for each sample, received \[10, 1\] rows\.$/,
    ],
    [[1, 2], { left_size: 1 }, /expected a tensor, or a list or dict of tensors, received \[1, 2\]\.$/],
  ])("%#", (dataset, options, message) => {
    expect(() => splitDataset(dataset as Tensor, options)).toThrow(message);
  });
});
