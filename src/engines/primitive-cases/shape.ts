import type { Attributes } from "../../program/primitives.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Trial, Trials } from "./case.ts";
import { floats, ints } from "./random.ts";

const iotaDtypes: readonly DType[] = ["int32", "float32", "int64"];

const iota: Trials<"iota"> = () => [
  ...iotaDtypes.map((dtype) => ({ label: dtype, inputs: [], attributes: { length: 5, dtype } })),
  { label: "empty", inputs: [], attributes: { length: 0, dtype: "int32" } },
  { label: "dynamic", inputs: [ints([], [7])], attributes: { length: -2, dtype: "int32" } },
];

const reshape: Trials<"reshape"> = (random) => [
  { label: "flat", inputs: [random.floats([2, 3, 4])], attributes: { shape: [24] } },
  { label: "inferred", inputs: [random.floats([2, 3, 4])], attributes: { shape: [4, -1] } },
  { label: "to a scalar", inputs: [random.floats([1, 1])], attributes: { shape: [] } },
  { label: "bool", inputs: [random.bools([4, 2])], attributes: { shape: [2, 1, 4] } },
  {
    label: "dynamic",
    inputs: [random.floats([2, 3, 4]), ints([], [2]), ints([], [6])],
    attributes: { shape: [-2, -3, 2] },
  },
  {
    label: "dynamic and inferred",
    inputs: [random.integers([2, 3, 4]), ints([], [2])],
    attributes: { shape: [-2, -1] },
  },
  { label: "empty", inputs: [random.floats([0, 3])], attributes: { shape: [3, 0, 2] } },
];

const broadcastTo: Trials<"broadcast_to"> = (random) => [
  { label: "scalar", inputs: [random.floats([])], attributes: { shape: [2, 3] } },
  { label: "row", inputs: [random.floats([3])], attributes: { shape: [2, 3] } },
  { label: "column", inputs: [random.integers([2, 1])], attributes: { shape: [4, 2, 3] } },
  { label: "same", inputs: [random.bools([2, 3])], attributes: { shape: [2, 3] } },
  { label: "dynamic", inputs: [random.floats([1, 3]), ints([], [4])], attributes: { shape: [-2, 3] } },
];

const transpose: Trials<"transpose"> = (random) =>
  [[], [0], [1, 0], [0, 1], [2, 0, 1], [0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 3]].map((perm) => ({
    label: `perm (${perm})`,
    inputs: [random.floats([3, 4, 2, 5].slice(0, perm.length))],
    attributes: { perm },
  }));

function slicing(
  label: string,
  start: (number | null)[],
  stop: (number | null)[],
  step: number[],
): (inputs: Trial<Attributes["slice"]>["inputs"]) => Trial<Attributes["slice"]> {
  return (inputs) => ({ label, inputs, attributes: { start, stop, step } });
}

const slice: Trials<"slice"> = (random) => [
  slicing("middle", [1, 0], [3, 2], [1, 1])([random.floats([4, 5])]),
  slicing("ends", [null, -2], [-1, null], [1, 1])([random.floats([4, 5])]),
  slicing("steps", [0, 1], [null, null], [2, 3])([random.integers([4, 5])]),
  slicing("backwards", [null, 3], [null, 0], [-1, -2])([random.floats([4, 5])]),
  slicing("past the end", [-9, 2], [99, 99], [1, 1])([random.bools([4, 5])]),
  slicing("empty", [3, 0], [1, null], [1, 1])([random.floats([4, 5])]),
  slicing("three", [0, 1, null], [null, 2, null], [1, 1, -1])([random.floats([2, 3, 4])]),
];

const pad: Trials<"pad"> = (random) => [
  ...(["constant", "reflect", "symmetric", "edge"] as const).map((mode) => ({
    label: mode,
    inputs: [random.floats([4, 5])],
    attributes: { padding: [[1, 2] as const, [2, 1] as const], mode, value: 0.5 },
  })),
  ...(["edge", "reflect", "symmetric"] as const).flatMap((mode) =>
    [1, 2, 3].map((size) => ({
      label: `${mode}, wider than ${size}`,
      inputs: [random.floats([2, size])],
      attributes: { padding: [[0, 0] as const, [23, 8] as const], mode, value: 0 },
    })),
  ),
  {
    label: "images",
    inputs: [random.floats([2, 3, 3, 2])],
    attributes: {
      padding: [
        [0, 0],
        [1, 1],
        [0, 2],
        [0, 0],
      ],
      mode: "constant",
      value: 0,
    },
  },
  {
    label: "int32",
    inputs: [random.integers([3])],
    attributes: { padding: [[2, 0]], mode: "constant", value: -7 },
  },
];

const concat: Trials<"concat"> = (random) => [
  ...[0, 1, 2].map((axis) => ({
    label: `axis ${axis}`,
    inputs: [1, 2, 3].map((size) =>
      random.floats([2, 3, 4].map((dimension, i) => (i === axis ? size : dimension))),
    ),
    attributes: { axis },
  })),
  { label: "one", inputs: [random.integers([2, 3])], attributes: { axis: 1 } },
  { label: "bool", inputs: [random.bools([2]), random.bools([3])], attributes: { axis: 0 } },
];

const gather: Trials<"gather"> = (random) => [
  ...[0, 1, 2].map((axis) => ({
    label: `axis ${axis}`,
    inputs: [random.floats([3, 4, 5]), random.integers([2, 3], -3, 2)],
    attributes: { axis },
  })),
  { label: "scalar index", inputs: [random.floats([3, 4]), ints([], [1])], attributes: { axis: 1 } },
  { label: "int32", inputs: [random.integers([6, 2]), random.integers([4], 0, 5)], attributes: { axis: 0 } },
];

const gatherAlong: Trials<"gather_along"> = (random) => [
  {
    label: "axis 0",
    inputs: [random.floats([3, 4]), random.integers([2, 4], -3, 2)],
    attributes: { axis: 0 },
  },
  {
    label: "axis 1",
    inputs: [random.floats([3, 4]), random.integers([3, 6], -4, 3)],
    attributes: { axis: 1 },
  },
  {
    label: "broadcast indices",
    inputs: [random.floats([3, 4]), ints([1, 2], [2, 0])],
    attributes: { axis: 1 },
  },
  {
    label: "broadcast x",
    inputs: [random.floats([1, 4]), random.integers([3, 2], 0, 3)],
    attributes: { axis: 1 },
  },
];

const scatterAdd: Trials<"scatter_add"> = (random) => [
  {
    label: "rows",
    inputs: [random.floats([4, 3]), ints([3, 1], [2, 0, 3]), random.floats([3, 3])],
    attributes: {},
  },
  {
    label: "repeated rows",
    inputs: [random.floats([4, 3]), ints([3, 1], [2, 2, 2]), random.floats([3, 3])],
    attributes: {},
  },
  {
    label: "elements",
    inputs: [floats([2, 2], [0, 0, 0, 0]), ints([3, 2], [0, 1, 1, 1, 0, 1]), floats([3], [1, 2, 3])],
    attributes: {},
  },
  {
    label: "int32",
    inputs: [random.integers([5]), ints([3, 1], [4, 0, 4]), random.integers([3])],
    attributes: {},
  },
];

const scatterAlong: Trials<"scatter_along"> = (random) => [
  {
    label: "axis 0",
    inputs: [random.floats([3, 4]), random.integers([2, 4], -3, 2), random.floats([2, 4])],
    attributes: { axis: 0 },
  },
  {
    label: "axis 1",
    inputs: [random.floats([2, 3, 4]), random.integers([2, 7, 4], 0, 2), random.floats([2, 7, 4])],
    attributes: { axis: 1 },
  },
  {
    label: "int32",
    inputs: [random.integers([5]), ints([3], [4, 0, 4]), random.integers([3])],
    attributes: { axis: 0 },
  },
  {
    label: "nothing",
    inputs: [random.floats([2, 3]), ints([2, 0], []), random.floats([2, 0])],
    attributes: { axis: 1 },
  },
];

export const shapeTrials = {
  dim: ((random) =>
    [0, 1, 2].map((axis) => ({
      label: `axis ${axis}`,
      inputs: [random.floats([2, 3, 4])],
      attributes: { axis },
    }))) satisfies Trials<"dim">,
  iota,
  reshape,
  broadcast_to: broadcastTo,
  transpose,
  slice,
  pad,
  concat,
  gather,
  gather_along: gatherAlong,
  scatter_add: scatterAdd,
  scatter_along: scatterAlong,
};
