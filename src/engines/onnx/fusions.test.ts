import { beforeAll, describe, expect, it } from "vitest";
import { Builder } from "../../program/builder.ts";
import { emitAny } from "../../program/emit-any.fixture.ts";
import type { Program } from "../../program/primitives.ts";
import type { Value } from "../../program/value.ts";
import { fromNumbers, toNumbers } from "../../tensor/cast.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { onnxruntime } from "../onnxruntime/index.ts";
import { Random } from "../primitive-cases/random.ts";
import { runProgram, useReference } from "../reference/index.ts";

// ONNX Runtime makes one operator of some that stand together. Whatever stands together here is computed, in every
// float dtype: each of these alone and behind others, on (batch, 3, 4).

const tolerances = { float32: 1e-4, float64: 1e-5, float16: 2e-2, bfloat16: 1e-1 } as const;

type Float = keyof typeof tolerances;
type Step = (x: Value, dtype: Float) => Value;

const apply = (...args: Parameters<typeof emitAny>): Value => emitAny(...args)[0] as Value;

const number = (x: number, dtype: Float) => fromNumbers(dtype, [], [x]);
const vector = (dtype: Float, first: number) =>
  fromNumbers(dtype, [4], [first, first + 0.3, first + 0.6, first + 0.9]);
const waves = (dtype: Float, shape: readonly number[]) =>
  fromNumbers(
    dtype,
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i) / 2),
  );

const unary =
  (name: "relu" | "sigmoid" | "tanh" | "erf" | "sqrt" | "rsqrt"): Step =>
  (x) =>
    apply(name, [x], {});
const clamp =
  (min: number, max: number): Step =>
  (x) =>
    apply("clamp", [x], { min, max });
const binary =
  (name: "add" | "sub" | "mul" | "div" | "pow" | "max", by: number): Step =>
  (x, dtype) =>
    apply(name, [x, number(by, dtype)], {});
const product = (a: Value, b: Value | Tensor) => apply("mul", [a, b], {});
const sum = (a: Value, b: Value | Tensor) => apply("add", [a, b], {});
const mean = (x: Value) => apply("reduce_mean", [x], { axes: [2], keepdims: true });
const centred = (x: Value) => apply("sub", [x, mean(x)], {});
const steps =
  (...list: readonly Step[]): Step =>
  (x, dtype) =>
    list.reduce((y, step) => step(y, dtype), x);

const window = { strides: [1], dilation: [1], groups: 1 };
const pool = { window: [3], strides: [1], padding: [[0, 0] as const] };
const framed =
  (mode: "constant" | "reflect" | "edge", value = 0): Step =>
  (x) => {
    const padding = [[0, 0] as const, [1, 1] as const, [0, 0] as const];
    return apply("pad", [x], { padding, mode, value });
  };
const conv =
  (padding: number): Step =>
  (x, dtype) =>
    apply("conv", [x, waves(dtype, [3, 4, 4])], { ...window, padding: [[padding, padding]] });
const largest: Step = (x) => apply("max_pool", [x], pool);
const average: Step = (x) => apply("avg_pool", [x], pool);

/** `x` divided by the root of its mean square, in the ways that it is written. */
const norm = (square: "pow" | "mul", root: "div" | "rsqrt", epsilon: number): Step => {
  return (x, dtype) => {
    const squared = square === "pow" ? binary("pow", 2)(x, dtype) : product(x, x);
    const moved = binary("add", epsilon)(mean(squared), dtype);
    if (root === "rsqrt") return product(x, unary("rsqrt")(moved, dtype));
    return apply("div", [x, unary("sqrt")(moved, dtype)], {});
  };
};
const norms = (["pow", "mul"] as const).flatMap((square) =>
  (["div", "rsqrt"] as const).map((root) => [square, root] as const),
);
const scaled: Step = (x, dtype) => product(x, vector(dtype, 0.2));
const shifted: Step = (x, dtype) => sum(x, vector(dtype, -0.4));

const chain: Readonly<Record<string, Step>> = {
  relu: unary("relu"),
  "clamp 0 to 6": clamp(0, 6),
  "clamp to 1": clamp(-Infinity, 1),
  "clamp from 0.1": clamp(0.1, Infinity),
  leaky_relu: (x) => apply("leaky_relu", [x], { slope: 0.2 }),
  sigmoid: unary("sigmoid"),
  silu: (x, dtype) => product(x, unary("sigmoid")(x, dtype)),
  "silu of 1.702 x": (x, dtype) => product(x, steps(binary("mul", 1.702), unary("sigmoid"))(x, dtype)),
  gelu: (x, dtype) =>
    product(
      binary("mul", 0.5)(x, dtype),
      steps(binary("div", Math.SQRT2), unary("erf"), binary("add", 1))(x, dtype),
    ),
  "gelu by tanh": (x, dtype) => {
    const cube = binary("mul", 0.044715)(binary("pow", 3)(x, dtype), dtype);
    const root = binary("mul", Math.sqrt(2 / Math.PI))(sum(x, cube), dtype);
    return product(binary("mul", 0.5)(x, dtype), steps(unary("tanh"), binary("add", 1))(root, dtype));
  },
  hard_silu: (x, dtype) => product(x, steps(binary("add", 3), clamp(0, 6), binary("div", 6))(x, dtype)),
  softmax: (x) => apply("softmax", [x], { axis: 2 }),
  scaled,
  shifted,
  dense: (x, dtype) => shifted(apply("matmul", [x, waves(dtype, [4, 4])], {}), dtype),
  "dense on rows": (x, dtype) => {
    const rows = apply("reshape", [x], { shape: [6, 4] });
    const made = shifted(apply("matmul", [rows, waves(dtype, [4, 4])], {}), dtype);
    return apply("reshape", [made], { shape: [2, 3, 4] });
  },
  attention: (x, dtype) => {
    const turned = apply("transpose", [x], { perm: [0, 2, 1] });
    const scores = binary("mul", 0.5)(apply("matmul", [x, turned], {}), dtype);
    return apply("matmul", [apply("softmax", [scores], { axis: 2 }), x], {});
  },
  conv: conv(1),
  "conv with a bias": steps(conv(1), shifted),
  batch_norm: (x, dtype) =>
    apply("batch_norm", [x, vector(dtype, 0), vector(dtype, 1), vector(dtype, 0.5), vector(dtype, -1)], {
      axis: 2,
      epsilon: 1e-3,
    }),
  residual: (x, dtype) => sum(x, unary("relu")(x, dtype)),
  ...Object.fromEntries(
    norms.flatMap(([square, root]): [string, Step][] => [
      [`rms norm by ${square} and ${root}`, steps(norm(square, root, 0.1), scaled)],
      [`layer norm by ${square} and ${root}`, steps(centred, norm(square, root, 0.1), scaled, shifted)],
    ]),
  ),
  ...Object.fromEntries(
    [framed("constant"), framed("constant", 1), framed("reflect"), framed("edge")].flatMap(
      (frame, i): [string, Step][] => [
        [`max_pool of frame ${i}`, steps(frame, largest)],
        [
          `max_pool of what is not changed of frame ${i}`,
          steps(frame, (x) => apply("stop_gradient", [x], {}), largest),
        ],
        [`avg_pool of frame ${i}`, steps(frame, average)],
        [`conv of frame ${i}`, steps(frame, conv(0))],
      ],
    ),
  ),
};

/** Those that are made one with what stands behind them. */
const fronts = [
  "relu",
  "clamp to 1",
  "sigmoid",
  "softmax",
  "scaled",
  "shifted",
  "dense",
  "conv with a bias",
  "batch_norm",
];

const engine = onnxruntime({ package: "onnxruntime-node" });

describe.each(Object.keys(tolerances) as Float[])("%s", (dtype) => {
  const x = fromNumbers(dtype, [2, 3, 4], [...(new Random(3).floats([2, 3, 4], -2, 2).data as Float32Array)]);
  beforeAll(useReference);

  it.each(Object.entries(chain))("%s, alone and behind others", async (_, last) => {
    for (const name of ["nothing", ...fronts]) {
      const first = chain[name] ?? ((x: Value) => x);
      const builder = new Builder();
      const input = builder.input({ shape: [null, 3, 4], dtype });
      const program = builder.finish([last(first(input, dtype), dtype)]);
      expectNear(await run(program, x), runProgram(program, [x])[0]!, `behind ${name}`, tolerances[dtype]);
    }
  });
});

async function run(program: Program, x: Tensor): Promise<Tensor> {
  const executable = await engine.compile(program);
  const [output] = await executable.run([x]);
  await executable.dispose();
  return output!;
}

function expectNear(received: Tensor, expected: Tensor, what: string, tolerance: number): void {
  expect(received.shape, what).toEqual(expected.shape);
  const [a, b] = [received, expected].map((tensor) => Array.from(toNumbers(tensor) as ArrayLike<number>));
  const wrong = b!.findIndex((x, i) => !(Math.abs(x - a![i]!) <= tolerance * (1 + Math.abs(x))));
  expect(wrong < 0 ? "near" : `element ${wrong}: ${b![wrong]} became ${a![wrong]}`, what).toBe("near");
}
