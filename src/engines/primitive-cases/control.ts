import { Builder } from "../../program/builder.ts";
import { runCalling } from "../../program/calling.ts";
import { emitAny } from "../../program/emit-any.fixture.ts";
import type { Program } from "../../program/primitives.ts";
import type { Spec, Value } from "../../program/value.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Trials } from "./case.ts";
import { ints } from "./random.ts";

function traced(specs: readonly Spec[], body: (...values: Value[]) => readonly Value[]): Program {
  const builder = new Builder();
  const values = specs.map((spec) => builder.input(spec));
  // at most 2: written below
  return builder.finish(runCalling({ within: { builder } }, () => body(...values)));
}

function apply(...args: Parameters<typeof emitAny>): Value {
  return emitAny(...args)[0] as Value;
}

const vector: Spec = { shape: [3], dtype: "float32" };
const count: Spec = { shape: [], dtype: "int32" };
const truth = (value: boolean) => new Tensor("bool", [], Uint8Array.of(Number(value)));

const doubled = traced([vector, vector], (x, y) => [apply("add", [x!, x!], {}), y!]);
const product = traced([vector, vector], (x, y) => [apply("mul", [x!, y!], {}), x!]);
const constant = traced([], () => [apply("exp", [new Tensor("float32", [], Float32Array.of(1))], {})]);
const another = traced([], () => [apply("neg", [new Tensor("float32", [], Float32Array.of(2))], {})]);

const cond: Trials<"cond"> = (random) => [
  ...[true, false].flatMap((value) => [
    {
      label: String(value),
      inputs: [truth(value), random.floats([3]), random.floats([3])],
      attributes: { yes: doubled, no: product },
    },
    {
      label: `${value}, without operands`,
      inputs: [truth(value)],
      attributes: { yes: constant, no: another },
    },
  ]),
];

/** Doubles a vector until it has been done often enough. */
const isShort = traced([count, count, vector], (limit, done) => [apply("lt", [done!, limit!], {})]);
const grow = traced([count, count, vector], (_, done, x) => [
  apply("add", [done!, new Tensor("int32", [], Int32Array.of(1))], {}),
  apply("add", [x!, x!], {}),
]);

const whileTrials: Trials<"while"> = (random) =>
  [0, 1, 5].map((times) => ({
    label: `${times} steps`,
    inputs: [ints([], [times]), ints([], [0]), random.floats([3])],
    attributes: { test: isShort, body: grow, consts: 1 },
  }));

const bitcast: Trials<"bitcast"> = (random) => [
  { label: "float32 to int32", inputs: [random.floats([2, 3])], attributes: { dtype: "int32" } },
  {
    label: "int32 to float32",
    inputs: [random.integers([2, 3], 1e9, 1.1e9)],
    attributes: { dtype: "float32" },
  },
  { label: "wider", inputs: [random.integers([2, 4], 0, 9)], attributes: { dtype: "int64" } },
  { label: "narrower", inputs: [random.integers([2, 4], 0, 9)], attributes: { dtype: "uint8" } },
];

const nonzero: Trials<"nonzero"> = (random) =>
  [[7], [3, 4], [2, 3, 4]].map((shape) => ({
    label: `rank ${shape.length}`,
    inputs: [random.bools(shape)],
    attributes: {},
  }));

const scatterFold: Trials<"scatter_fold"> = (random) =>
  (["mul", "min", "max"] as const).flatMap((reduction) => [
    {
      label: `${reduction} of rows`,
      inputs: [random.floats([4, 2]), ints([3, 1], [1, 3, 1]), random.floats([3, 2])],
      attributes: { reduction },
    },
    {
      label: `${reduction} of integers`,
      inputs: [random.integers([2, 3]), ints([3, 2], [0, 1, 1, 2, 0, 1]), random.integers([3])],
      attributes: { reduction },
    },
  ]);

export const controlTrials = { cond, while: whileTrials, bitcast, nonzero, scatter_fold: scatterFold };
