import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { noteFor } from "../../test/tried.ts";
import { expectClose } from "../engines/expect-close.ts";
import { useReference } from "../engines/reference/index.ts";
import type { Numeric } from "../program/emit.ts";
import { fromNested } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";
import * as ops from "./index.ts";

interface Case {
  readonly id: string;
  readonly output: TensorRecord;
}

const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL("created.golden.json", import.meta.url), "utf8"),
);

const v: Numeric = fromNested([0.5, -1.25, 3, 0.75, 2], "float32");
const i: Numeric = fromNested([0, 1, -5, 1000], "int32");
const one: Numeric = fromNested(1);
const zero: Numeric = fromNested(0, "float32");
const sums = () =>
  ops.scan(
    ([sum]: readonly [Numeric], [a]: readonly [Numeric]) => ({
      carries: [ops.add(sum, a)],
      outputs: [ops.multiply(sum, a)],
    }),
    {
      carries: [zero],
      xs: [v],
    },
  );

/** The same, written here. */
const expressions: Readonly<Record<string, () => unknown>> = {
  "ops.arange(7)": () => ops.arange(7),
  "ops.arange(2, 9, 3)": () => ops.arange(2, 9, 3),
  "ops.arange(5.0)": () => ops.arange(5, { dtype: "float32" }),
  'ops.arange(0, 1, 0.3, dtype="float16")': () => ops.arange(0, 1, 0.3, { dtype: "float16" }),
  "ops.arange(5, 0, -2)": () => ops.arange(5, 0, -2),
  "ops.eye(3)": () => ops.eye(3),
  "ops.eye(2, 4, 1)": () => ops.eye(2, 4, { k: 1 }),
  'ops.eye(4, 2, -1, dtype="int32")': () => ops.eye(4, 2, { k: -1, dtype: "int32" }),
  'ops.identity(3, dtype="bool")': () => ops.identity(3, { dtype: "bool" }),
  "ops.tri(3)": () => ops.tri(3),
  "ops.tri(2, 4, 1)": () => ops.tri(2, 4, { k: 1 }),
  'ops.tri(4, 3, -1, dtype="int8")': () => ops.tri(4, 3, { k: -1, dtype: "int8" }),
  "ops.zeros((2, 3))": () => ops.zeros([2, 3]),
  'ops.zeros((2,), dtype="int8")': () => ops.zeros([2], { dtype: "int8" }),
  "ops.ones((2, 1))": () => ops.ones([2, 1]),
  'ops.ones((), dtype="float16")': () => ops.ones([], { dtype: "float16" }),
  "ops.full((2, 3), 7)": () => ops.full([2, 3], 7),
  "ops.full((2, 3), v[:3])": () => ops.full([2, 3], fromNested([0.5, -1.25, 3], "float32")),
  'ops.full((2,), True, dtype="bool")': () => ops.full([2], true, { dtype: "bool" }),
  "ops.empty((0, 3))": () => ops.empty([0, 3]),
  "ops.bartlett(6)": () => ops.bartlett(6),
  "ops.blackman(6)": () => ops.blackman(6),
  "ops.hamming(6)": () => ops.hamming(6),
  "ops.hanning(6)": () => ops.hanning(6),
  "ops.kaiser(6, 5)": () => ops.kaiser(6, 5),
  "ops.histogram(v, bins=4)[0]": () => ops.histogram(v, { bins: 4 })[0],
  "ops.histogram(v, bins=4)[1]": () => ops.histogram(v, { bins: 4 })[1],
  "ops.histogram(v, range=(-1, 1))[0]": () => ops.histogram(v, { range: [-1, 1] })[0],
  "ops.bitwise_invert(i)": () => ops.bitwiseInvert(i),
  "ops.left_shift(i, 2)": () => ops.leftShift(i, 2),
  "ops.right_shift(i, 1)": () => ops.rightShift(i, 1),
  "ops.conjugate(v)": () => ops.conjugate(v),
  "ops.get_item(v, 2)": () => ops.getItem(v, 2),
  "ops.is_tensor(v)": () => fromNested(ops.isTensor(v)),
  "ops.map(lambda a: a * 2, v)": () => ops.map((a) => ops.multiply(a as Numeric, 2), v),
  "ops.vectorized_map(lambda a: a * 2, v)": () => ops.vectorizedMap((a) => ops.multiply(a as Numeric, 2), v),
  "ops.vectorize(lambda a, b: a + b)(v, v)": () =>
    ops.vectorize((a: Numeric, b: Numeric) => ops.add(a, b))(v, v),
  "ops.cond(True, lambda: v, lambda: -v)": () =>
    ops.cond(
      true,
      () => v,
      () => ops.negative(v),
    ),
  "ops.switch(1, [lambda a: a, lambda a: -a], v)": () =>
    ops.switchCase(one, [(a: Numeric) => a, (a: Numeric) => ops.negative(a)], v),
  "ops.while_loop(lambda a: ops.sum(a) < 50, lambda a: a * 2, v)": () =>
    ops.whileLoop(
      (a: Numeric) => ops.less(ops.sum(a), 50),
      (a: Numeric) => ops.multiply(a, 2),
      v,
    ),
  "ops.fori_loop(1, 5, lambda n, a: a * n, v)": () =>
    ops.foriLoop(1, 5, (n, a: Numeric) => ops.multiply(a, ops.cast(n, { dtype: "float32" })), v),
  "ops.associative_scan(lambda a, b: a + b, v)": () =>
    ops.associativeScan((a: Numeric, b: Numeric): Numeric => ops.add(a, b), v),
  "ops.associative_scan(lambda a, b: a * b, v, reverse=True)": () =>
    ops.associativeScan((a: Numeric, b: Numeric): Numeric => ops.multiply(a, b), v, { reverse: true }),
  "ops.scan(lambda c, a: (c + a, c * a), 0.0, v)[0]": () => sums().carries[0],
  "ops.scan(lambda c, a: (c + a, c * a), 0.0, v)[1]": () => sums().outputs[0],
};

beforeAll(useReference);

it("has each case of the golden file", () => {
  expect(Object.keys(expressions)).toEqual(golden.cases.map(({ id }) => id));
});

it.for(golden.cases)("$id is that of Keras", ({ id, output }, context) => {
  const [name = ""] = /^ops\.\w+/.exec(id) ?? [];
  noteFor(context, name)("values", () => {
    const made = expressions[id]!();
    expect(made).toBeInstanceOf(Tensor);
    expectClose(made as Tensor, recordTensor(output), id);
  });
});
