import type { Attributes, Reduction } from "../../program/primitives.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Trial, Trials } from "./case.ts";
import { floats, type Random } from "./random.ts";

const clamp: Trials<"clamp"> = (random) => [
  { label: "float32", inputs: [random.floats([3, 4])], attributes: { min: -1, max: 0.5 } },
  { label: "relu6", inputs: [random.floats([3, 4], -9, 9)], attributes: { min: 0, max: 6 } },
  { label: "int32", inputs: [random.integers([3, 4])], attributes: { min: -3, max: 4 } },
];

const casts: readonly (readonly [DType, DType])[] = [
  ["float32", "int32"],
  ["float32", "bool"],
  ["float32", "float64"],
  ["int32", "float32"],
  ["int32", "bool"],
  ["int32", "int64"],
  ["int32", "uint8"],
  ["int64", "float32"],
  ["int64", "int32"],
  ["uint8", "float32"],
  ["bool", "float32"],
  ["bool", "int32"],
  ["uint32", "float32"],
];

const cast: Trials<"cast"> = (random) =>
  casts.map(([from, to]) => ({
    label: `${from} to ${to}`,
    inputs: [
      from === "float32"
        ? random.floats([3, 4], -9, 9)
        : random.integers(
            [3, 4],
            from === "bool" || from.startsWith("u") ? 0 : -9,
            from === "bool" ? 1 : 99,
            from,
          ),
    ],
    attributes: { dtype: to },
  }));

function reduction(low: number, high: number, integers: boolean) {
  return (random: Random): Trial<Reduction>[] => {
    const trials: Trial<Reduction>[] = [];
    for (const keepdims of [false, true]) {
      for (const axes of [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2], []]) {
        const label = `axes (${axes})${keepdims ? " keepdims" : ""}`;
        trials.push({ label, inputs: [random.floats([3, 4, 5], low, high)], attributes: { axes, keepdims } });
      }
    }
    if (integers) {
      const attributes = { axes: [1], keepdims: false };
      trials.push({ label: "int32", inputs: [random.integers([3, 4], -5, 5)], attributes });
    }
    return trials;
  };
}

function logical(random: Random): Trial<Reduction>[] {
  return [[0], [1], [0, 1], []].flatMap((axes) =>
    [false, true].map((keepdims) => ({
      label: `axes (${axes})${keepdims ? " keepdims" : ""}`,
      inputs: [random.bools([3, 4])],
      attributes: { axes, keepdims },
    })),
  );
}

function position(random: Random): Trial<Attributes["argmax"]>[] {
  return [0, 1, 2].flatMap((axis) =>
    [false, true].flatMap((keepdims) => [
      {
        label: `axis ${axis}${keepdims ? " keepdims" : ""}`,
        inputs: [random.distinct([3, 4, 5])],
        attributes: { axis, keepdims },
      },
      {
        label: `ties, axis ${axis}${keepdims ? " keepdims" : ""}`,
        inputs: [random.integers([3, 4, 5], 0, 2)],
        attributes: { axis, keepdims },
      },
    ]),
  );
}

function softmax(random: Random): Trial<Attributes["softmax"]>[] {
  return [
    ...[0, 1, 2].map((axis) => ({
      label: `axis ${axis}`,
      inputs: [random.floats([3, 4, 5], -5, 5)],
      attributes: { axis },
    })),
    { label: "large", inputs: [floats([4], [1000, 999, -1000, 0])], attributes: { axis: 0 } },
  ];
}

const batchNorm: Trials<"batch_norm"> = (random) =>
  [1, 2, 3].map((axis) => {
    const channels = [3, 4, 5][axis - 1]!;
    return {
      label: `axis ${axis}`,
      inputs: [
        random.floats([2, 3, 4, 5]),
        random.floats([channels]),
        random.floats([channels], 0.1, 2),
        random.floats([channels]),
        random.floats([channels]),
      ],
      attributes: { axis, epsilon: 1e-3 },
    };
  });

export const attributedTrials = {
  leaky_relu: ((random) => [
    { label: "float32", inputs: [random.floats([3, 4])], attributes: { slope: 0.2 } },
  ]) satisfies Trials<"leaky_relu">,
  clamp,
  cast,
  reduce_sum: reduction(-2, 2, true),
  reduce_mean: reduction(-2, 2, false),
  reduce_prod: reduction(0.5, 1.5, true),
  reduce_max: reduction(-2, 2, true),
  reduce_min: reduction(-2, 2, true),
  reduce_any: logical,
  reduce_all: logical,
  argmax: position,
  argmin: position,
  softmax,
  log_softmax: softmax,
  batch_norm: batchNorm,
};
