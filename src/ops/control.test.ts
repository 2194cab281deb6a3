import { beforeAll, describe, expect, it } from "vitest";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { runProgram, useReference } from "../engines/reference/index.ts";
import { flatten } from "../graph/nested.ts";
import { Builder } from "../program/builder.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";
import * as ops from "./index.ts";

type Numeric = ops.Numeric;
type Leaves = ops.Structure;

const x = fromNested([1, 2, 3], "float32");
const rows = fromNested(
  [
    [0, 1],
    [2, 3],
    [4, 5],
  ],
  "float32",
);
const truth = (value: boolean) => fromNested(value, "bool");
const whole = (value: number) => fromNested(value, "int32");

/** `name, inputs, function, what Keras gives`. */
const cases: readonly (readonly [
  string,
  readonly Tensor[],
  (...inputs: Numeric[]) => Leaves,
  readonly NestedArray[],
])[] = [
  ...[true, false].map((value) => {
    const expected = value
      ? [
          [2, 3, 4],
          [2, 4, 6],
        ]
      : [
          [0, 1, 2],
          [-1, -2, -3],
        ];
    const run = (pred: Numeric, a: Numeric): Leaves =>
      ops.cond(
        pred,
        (): Leaves => ({ a: ops.add(a, 1), b: ops.multiply(a, 2) }),
        (): Leaves => ({ a: ops.subtract(a, 1), b: ops.negative(a) }),
      );
    return [`cond ${value}`, [truth(value), x], run, expected] as const;
  }),
  ...[-1, 0, 1, 2, 7].map((index) => {
    const expected =
      [
        [3, 4, 5],
        [3, 4, 5],
        [-1, 0, 1],
        [2, 4, 6],
      ][Math.min(index, 2) + 1] ?? [];
    const run = (at: Numeric, a: Numeric): Leaves =>
      ops.switchCase(
        at,
        [
          (p: Numeric, q: Numeric) => ops.add(p, q),
          (p, q) => ops.subtract(p, q),
          (p, q) => ops.multiply(p, q),
        ],
        a,
        fromNested(2, "float32") as Numeric,
      );
    return [`switch ${index}`, [whole(index), x], run, [expected]] as const;
  }),
  [
    "whileLoop",
    [whole(0), x],
    (i, a) =>
      ops.whileLoop(
        (n: Numeric) => ops.less(n, 5),
        (n: Numeric, b: Numeric) => [ops.add(n, 1), ops.multiply(b, 2)],
        [i, a],
      ),
    [5, [32, 64, 96]],
  ],
  [
    "whileLoop, bounded",
    [whole(0), x],
    (i, a) =>
      ops.whileLoop(
        (n: Numeric) => ops.less(n, 5),
        (n: Numeric, b: Numeric) => [ops.add(n, 1), ops.multiply(b, 2)],
        [i, a],
        { maximum_iterations: 3 },
      ),
    [3, [8, 16, 24]],
  ],
  [
    "whileLoop of one value",
    [x],
    (a) =>
      ops.whileLoop(
        (b: Numeric) => ops.less(ops.sum(b), 50),
        (b: Numeric) => ops.multiply(b, 2),
        a,
      ),
    [[16, 32, 48]],
  ],
  [
    "foriLoop",
    [whole(5), x],
    (end, a) =>
      ops.foriLoop(1, end, (i, b) => ops.multiply(b as Numeric, ops.cast(i, { dtype: "float32" })), a),
    [[24, 48, 72]],
  ],
  [
    "a loop in a branch, and a branch in a loop",
    [whole(0), x],
    (i, a) =>
      ops.cond(
        ops.equal(i, 0),
        (): Leaves =>
          ops.foriLoop(
            0,
            4,
            (n, b): Leaves =>
              ops.cond(
                ops.less(n, 2),
                () => ops.add(b as Numeric, 1),
                () => ops.multiply(b as Numeric, 2),
              ),
            a,
          ),
        (): Leaves => a,
      ),
    [[12, 16, 20]],
  ],
  [
    "map",
    [rows],
    (a) => ops.map((b): Leaves => [ops.multiply(b as Numeric, 2), ops.sum(b as Numeric)], a),
    [
      [
        [0, 2],
        [4, 6],
        [8, 10],
      ],
      [1, 5, 9],
    ],
  ],
  [
    "vectorizedMap",
    [rows, x],
    (a, b) =>
      ops.vectorizedMap(
        (pair): Leaves => {
          const [one, two] = pair as readonly [Numeric, Numeric];
          return ops.add(ops.multiply(one, two), 1);
        },
        [a, b],
      ),
    [
      [
        [1, 2],
        [5, 7],
        [13, 16],
      ],
    ],
  ],
  [
    "vectorize",
    [
      fromNested(
        [
          [0, 1, 2],
          [3, 4, 5],
        ],
        "float32",
      ),
      x,
    ],
    (a, b) => ops.vectorize((p: Numeric, q: Numeric) => ops.add(ops.multiply(p, q), 1))(a, b),
    [
      [
        [1, 3, 7],
        [4, 9, 16],
      ],
    ],
  ],
  [
    "vectorize with a signature",
    [
      fromNested(
        [
          [
            [0, 1, 2],
            [3, 4, 5],
          ],
          [
            [6, 7, 8],
            [9, 10, 11],
          ],
        ],
        "float32",
      ),
      x,
    ],
    (a, b) =>
      ops.vectorize((p: Numeric, q: Numeric) => ops.matmul(p, q), { signature: "(m,n),(n)->(m)" })(a, b),
    [
      [
        [8, 26],
        [44, 62],
      ],
    ],
  ],
  [
    "vectorize with an argument kept",
    [fromNested([1, 2], "float32"), x],
    (a, b) => ops.vectorize((p: Numeric, q: Numeric) => ops.add(ops.sum(q), p), { excluded: [1] })(a, b),
    [[7, 8]],
  ],
  ...[1, 2, 3, 4, 5, 7, 8].flatMap((length) => {
    const numbers = Array.from({ length }, (_, i) => [2 * i + 1, 2 * i + 2]);
    const sums = numbers.map((_, i) =>
      [0, 1].map((k) => numbers.slice(0, i + 1).reduce((s, row) => s + row[k]!, 0)),
    );
    const products = numbers.map((_, i) =>
      [0, 1].map((k) => numbers.slice(i).reduce((p, row) => p * row[k]!, 1)),
    );
    return [
      [
        `associativeScan of ${length}`,
        [fromNested(numbers, "float32")],
        (a: Numeric): Leaves => ops.associativeScan((p, q) => ops.add(p, q), a),
        [sums],
      ],
      [
        `associativeScan of ${length}, in reverse`,
        [fromNested(numbers, "float32")],
        (a: Numeric): Leaves => ops.associativeScan((p, q) => ops.multiply(p, q), a, { reverse: true }),
        [products],
      ],
    ] as const;
  }),
  [
    "associativeScan of a dict",
    [
      fromNested(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        "float32",
      ),
      fromNested(
        [
          [1, 1, 1],
          [1, 1, 1],
        ],
        "float32",
      ),
    ],
    (p, q) =>
      ops.associativeScan(
        (a: { p: Numeric; q: Numeric }, b) => ({
          p: ops.multiply(a.p, b.p),
          q: ops.add(ops.multiply(a.q, b.p), b.q),
        }),
        { p: p, q: q },
        { axis: 1 },
      ),
    [
      [
        [1, 2, 6],
        [4, 20, 120],
      ],
      [
        [1, 3, 10],
        [1, 6, 37],
      ],
    ],
  ],
];

const ort = onnxruntime({ package: "onnxruntime-node" });

beforeAll(useReference);

describe.each(cases)("%s", (_name, inputs, run, expected) => {
  const arrays = (tensors: readonly unknown[]) => tensors.map((each) => (each as Tensor).toArray());
  const traced = () => {
    const builder = new Builder();
    const values = inputs.map(({ shape, dtype }) => builder.input({ shape, dtype }));
    const outputs = flatten(run(...values) as never) as (Value | Tensor)[]; // as many as a case has
    return builder.finish(outputs.map((each) => (each instanceof Tensor ? builder.constant(each) : each)));
  };

  it("computes on numbers", () => {
    expect(arrays(flatten(run(...inputs) as never))).toEqual(expected); // as many as a case has
  });

  it("works out shapes", () => {
    const values = inputs.map(({ shape, dtype }) => new Value(shape, dtype));
    const outputs = flatten(run(...values) as never) as Numeric[]; // as many as a case has
    const computed = flatten(run(...inputs) as never) as Tensor[]; // as many as a case has
    expect(outputs.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
      computed.map(({ shape, dtype }) => ({ shape, dtype })),
    );
  });

  it("is traced", () => {
    expect(arrays(runProgram(traced(), inputs))).toEqual(expected);
  });

  it("runs in ONNX Runtime", async () => {
    const executable = await ort.compile(traced());
    expect(arrays(await executable.run(inputs))).toEqual(expected);
    await executable.dispose();
  });
});

describe("what is wrong", () => {
  const builder = new Builder();
  const pred = builder.input({ shape: [], dtype: "bool" });
  const vector = builder.input({ shape: [3], dtype: "float32" });
  const variable = new Variable({
    name: "count",
    shape: [],
    dtype: "float32",
    initialize: () => fromNested(0, "float32"),
  });
  const cast = () => ops.cast(vector, { dtype: "int32" });

  it.each<readonly [string, () => unknown, string]>([
    [
      "no function",
      () => ops.cond(pred, vector as never, () => vector),
      "cond: expected trueFn to be a function",
    ],
    [
      "a condition of a vector",
      () =>
        ops.cond(
          vector,
          () => vector,
          () => vector,
        ),
      "cond: expected pred to be a scalar, received (3,).",
    ],
    [
      "branches of two dtypes",
      () => ops.cond(pred, () => vector, cast),
      "cond: expected result 0 to be float32 (3,), received int32 (3,).",
    ],
    [
      "branches of two structures",
      () =>
        ops.cond(
          pred,
          (): Leaves => vector,
          (): Leaves => [vector],
        ),
      "cond: expected a result like *, received one like [*].",
    ],
    [
      "a state that changes its dtype",
      () => ops.whileLoop(() => pred, cast as never, vector),
      "while: expected state 0 to be float32 (3,), received int32 (3,).",
    ],
    [
      "a setting that nobody knows",
      () => ops.whileLoop(() => pred, cast as never, vector, { max_iterations: 3 } as object),
      'whileLoop: unknown option "max_iterations".',
    ],
    ["no branches", () => ops.switchCase(0, []), "switch: expected a list of functions, received []."],
    [
      "a branch that assigns a variable",
      () =>
        ops.cond(
          pred,
          () => {
            builder.update(variable, vector);
            return vector;
          },
          () => vector,
        ),
      "count: expected a variable that no branch of a condition or loop assigns, received one that is.",
    ],
    [
      "a map over nothing",
      () => ops.map((a) => a, []),
      "map: expected tensors with leading axes of one length.",
    ],
    [
      "a wrong signature",
      () => ops.vectorize(() => 0, { signature: "m->n" }),
      "vectorize: expected a signature like (m,n),(n)->(m)",
    ],
  ])("says what it is: %s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
