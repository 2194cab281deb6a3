import { Builder } from "../../program/builder.ts";
import { emitAny } from "../../program/emit-any.fixture.ts";
import type { Attributes, Program } from "../../program/primitives.ts";
import type { Spec, Value } from "../../program/value.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Trial, Trials } from "./case.ts";
import { floats, ints, type Random } from "./random.ts";

function alongAxis(random: Random): Trial<Attributes["sort"]>[] {
  return [
    ...[0, 1, 2].map((axis) => ({
      label: `axis ${axis}`,
      inputs: [random.distinct([3, 4, 5])],
      attributes: { axis },
    })),
    { label: "ties", inputs: [random.integers([3, 8], 0, 3)], attributes: { axis: 1 } },
  ];
}

const topK: Trials<"top_k"> = (random) => [
  { label: "float32", inputs: [random.distinct([3, 7])], attributes: { k: 3 } },
  { label: "all", inputs: [random.distinct([5])], attributes: { k: 5 } },
  { label: "ties", inputs: [random.integers([2, 8], 0, 3)], attributes: { k: 4 } },
];

const cumsum: Trials<"cumsum"> = (random) =>
  [0, 1].flatMap((axis) =>
    [false, true].flatMap((reverse) =>
      [false, true].map((exclusive) => ({
        label: `axis ${axis}${reverse ? " reverse" : ""}${exclusive ? " exclusive" : ""}`,
        inputs: [reverse ? random.integers([3, 4]) : random.floats([3, 4])],
        attributes: { axis, reverse, exclusive },
      })),
    ),
  );

function traced(specs: readonly Spec[], body: (...values: Value[]) => readonly Value[]): Program {
  const builder = new Builder();
  const values = specs.map((spec) => builder.input(spec));
  return builder.finish(body(...values)); // at most 3: written below
}

function apply(...args: Parameters<typeof emitAny>): Value {
  return emitAny(...args)[0] as Value;
}

const float32 = (shape: Spec["shape"]): Spec => ({ shape, dtype: "float32" });

/** A recurrent step: state ← tanh(state · kernel + x); output: the state, doubled. */
const recurrence = traced([float32([3, 3]), float32([2, 3]), float32([2, 3])], (kernel, state, x) => {
  const next = apply("tanh", [apply("add", [apply("matmul", [state!, kernel!], {}), x!], {})], {});
  return [next, apply("add", [next, next], {})];
});

/** Two states, two scanned values of different dtypes, a constant inside; the second state is passed on. */
const masked = traced(
  [float32([2]), float32([]), float32([2]), { shape: [], dtype: "bool" }],
  (sum, count, x, keep) => {
    const one = new Tensor("float32", [], Float32Array.of(1));
    const nextSum = apply("select", [keep!, apply("add", [sum!, x!], {}), sum!], {});
    const nextCount = apply("add", [count!, apply("cast", [keep!], { dtype: "float32" })], {});
    return [nextSum, nextCount, nextSum, apply("sub", [nextCount, one], {})];
  },
);

/** Only a state, no output of the steps. */
const total = traced([float32([2]), float32([2])], (sum, x) => [apply("add", [sum!, x!], {})]);

/** Only outputs of the steps. */
const mapped = traced([float32([2])], (x) => [apply("exp", [x!], {}), x!]);

const scan: Trials<"scan"> = (random) => [
  ...[false, true].flatMap((reverse): Trial<Attributes["scan"]>[] => [
    {
      label: `recurrence${reverse ? " reverse" : ""}`,
      inputs: [random.floats([3, 3]), random.floats([2, 3]), random.floats([4, 2, 3])],
      attributes: { body: recurrence, consts: 1, carries: 1, reverse },
    },
    {
      label: `two states${reverse ? " reverse" : ""}`,
      inputs: [random.floats([2]), random.floats([]), random.floats([5, 2]), random.bools([5])],
      attributes: { body: masked, consts: 0, carries: 2, reverse },
    },
  ]),
  {
    label: "no outputs",
    inputs: [random.floats([2]), random.floats([6, 2])],
    attributes: { body: total, consts: 0, carries: 1, reverse: false },
  },
  {
    label: "no states",
    inputs: [random.floats([3, 2])],
    attributes: { body: mapped, consts: 0, carries: 0, reverse: true },
  },
  {
    label: "one step",
    inputs: [random.floats([2]), random.floats([1, 2])],
    attributes: { body: total, consts: 0, carries: 1, reverse: false },
  },
];

const key = (high: number, low: number) => new Tensor("uint32", [2], Uint32Array.of(high, low));

const randomBits: Trials<"random_bits"> = () => [
  { label: "one", inputs: [key(0, 42)], attributes: { shape: [] } },
  { label: "even", inputs: [key(0, 1337)], attributes: { shape: [4, 6] } },
  { label: "odd", inputs: [key(0xdeadbeef, 7)], attributes: { shape: [3, 5] } },
  { label: "dynamic", inputs: [key(1, 2), ints([], [3])], attributes: { shape: [-2, 2] } },
];

const randomGamma: Trials<"random_gamma"> = (random) =>
  [false, true].map((log) => ({
    label: log ? "logarithms" : "numbers",
    inputs: [key(3, 4), random.floats([3, 5], 0.1, 8)],
    attributes: { log },
  }));

const randomBinomial: Trials<"random_binomial"> = (random) =>
  [12, 500].map((most) => ({
    label: `at most ${most}`,
    inputs: [key(5, 6), floats([6], [0, 1, 2, 5, 9, most]), random.floats([6], 0, 1)],
    attributes: { dtype: "float32" },
  }));

export const orderTrials = {
  sort: alongAxis,
  argsort: alongAxis,
  top_k: topK,
  cumsum,
  scan,
  random_bits: randomBits,
  random_gamma: randomGamma,
  random_binomial: randomBinomial,
};
