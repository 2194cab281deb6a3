import { describe, expect, it } from "vitest";
import { Builder } from "../../program/builder.ts";
import { emit, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import type { Instruction, Program } from "../../program/primitives.ts";
import { linalgPrim } from "../../program/rules/linalg.ts";
import { specRules } from "../../program/spec-rules.ts";
import type { Value } from "../../program/value.ts";
import { Variable } from "../../program/variable.ts";
import { fromNested } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { expectClose } from "../expect-close.ts";
import { onnxruntime } from "../onnxruntime/index.ts";
import { Random } from "../primitive-cases/random.ts";
import { reference } from "../reference/index.ts";
import { partition } from "./partition.ts";
import { SplitExecutable } from "./split-executable.ts";

const engine = onnxruntime({ package: "onnxruntime-node" });

/** A whole number from 0 on below `count`. */
function pickPlace(random: Random, count: number): number {
  return Math.floor(random.next() * count);
}

/** A program of elementwise instructions in a random order of dependence. */
function randomProgram(random: Random, count: number): Program {
  const builder = new Builder();
  const values: Value[] = [builder.input({ shape: [2], dtype: "float32" })];
  const variable = new Variable({
    name: "count",
    shape: [2],
    dtype: "float32",
    initialize: () => fromNested([1, 2], "float32"),
  });
  const pick = () => values[pickPlace(random, values.length)]!;
  for (let i = 0; i < count; i++) {
    const operands: Operand[] = [pick(), i % 5 === 3 ? variable : pick()];
    const [made] = emit(specRules, i % 2 === 0 ? "add" : "max", operands, {});
    values.push(made as Value);
  }
  builder.update(variable, pick());
  return builder.finish([pick(), values.at(-1)!]);
}

describe("a program in parts", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "gives what it gives in one piece: %i",
    async (seed) => {
      const random = new Random(seed);
      const program = randomProgram(random, 1 + (seed % 12));
      const hosted = new Set<Instruction>(program.instructions.filter(() => pickPlace(random, 2) === 1));
      const isHosted = (instruction: Instruction) => hosted.has(instruction);
      for (const { isHosted: inHost, program: part } of partition(program, isHosted))
        expect(part.instructions.every((each) => hosted.has(each) === inHost)).toBe(true);
      const split = await SplitExecutable.compile(program, isHosted, reference, reference);
      const x = [fromNested([0.5, -1], "float32")];
      const whole = await reference.compile(program);
      expect(await split.run(x)).toEqual(await whole.run(x));
      const state = [fromNested([7, 8], "float32")];
      const changed = [...program.updates.keys()][0]!;
      changed.assign(state[0]!);
      const { outputs, state: after } = await split.step(x, state);
      expect([...outputs, ...after]).toEqual(await (await reference.compile(program)).run(x));
      await split.dispose();
      await expect(split.run(x)).rejects.toThrow("run: the executable is disposed.");
    },
  );
});

describe("ONNX Runtime", () => {
  function factors(rows: number | null): Program {
    const builder = new Builder();
    const x = builder.input({ shape: [rows, 2, 2], dtype: "float32" });
    const turned = prim("transpose", [x], { perm: [0, 2, 1] });
    const factor = linalgPrim("cholesky", [prim("matmul", [x, turned])]);
    const again = linalgPrim("cholesky", [
      prim("matmul", [factor, prim("transpose", [factor], { perm: [0, 2, 1] })]),
    ]);
    return builder.finish([prim("add", [factor, again]) as Value, x]);
  }

  it("hands what it has no operator for to the reference engine", async () => {
    const program = factors(null);
    const x = [
      fromNested(
        [
          [
            [1, 2],
            [3, 5],
          ],
          [
            [2, 0],
            [1, 1],
          ],
        ],
        "float32",
      ),
    ];
    const executable = await engine.compile(program);
    const expected = await (await reference.compile(program)).run(x);
    for (const [i, tensor] of (await executable.run(x)).entries())
      expectClose(tensor, expected[i]!, `output ${i}`);
    await executable.dispose();
  });

  it("keeps what such a program changes", async () => {
    const builder = new Builder();
    const sum = new Variable({
      name: "sum",
      shape: [1, 1],
      dtype: "float32",
      initialize: () => fromNested([[0]], "float32"),
    });
    const x = builder.input({ shape: [1, 1], dtype: "float32" });
    const next = prim("add", [sum, linalgPrim("cholesky", [x])]) as Value;
    builder.update(sum, next);
    const held = await engine.hold(builder.finish([prim("neg", [next]) as Value]));
    await held.run([fromNested([[4]], "float32")]);
    const [last] = await held.run([fromNested([[9]], "float32")]);
    expect(last?.toArray()).toEqual([[-5]]);
    expect(sum.value.toArray()).toEqual([[0]]);
    await held.writeBack();
    expect(sum.value.toArray()).toEqual([[5]]);
    await held.dispose();
  });

  it("runs what works on texts", async () => {
    const builder = new Builder();
    const words = builder.input({ shape: [null], dtype: "string" });
    const isYes = prim("eq", [words, fromNested(["yes"])]);
    const number = prim("cast", [isYes], { dtype: "float32" });
    const executable = await engine.compile(builder.finish([prim("neg", [number]) as Value, words]));
    const results = (await executable.run([fromNested(["yes", "no", "yes"])])) as Tensor[];
    expect(results.map((tensor) => tensor.toArray())).toEqual([
      [-1, -0, -1],
      ["yes", "no", "yes"],
    ]);
    await executable.dispose();
  });
});
