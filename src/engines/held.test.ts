import { describe, expect, it } from "vitest";
import { EngineError } from "../errors.ts";
import { Builder } from "../program/builder.ts";
import { runCalling } from "../program/calling.ts";
import { assign, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { Program } from "../program/primitives.ts";
import type { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { fromNested, toNested } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { StatefulEngine } from "./engine.ts";
import { onnxruntime } from "./onnxruntime/index.ts";
import { startFromSource } from "./onnxruntime/workers/worker.fixture.ts";
import { reference } from "./reference/index.ts";

function variable(name: string, values: readonly number[] | number, dtype: DType = "float32"): Variable {
  const value = fromNested(values, dtype);
  return new Variable({ name, shape: value.shape, dtype, initialize: () => value });
}

function traced(trace: (builder: Builder) => readonly Numeric[]): Program {
  const builder = new Builder();
  return builder.finish(runCalling({ within: { builder } }, () => trace(builder)) as readonly Value[]);
}

const add = (a: Operand, b: Operand) => prim("add", [a, b]);

/** Counts its runs, and gives the count before. */
function counter(count: Variable, by: Tensor): Program {
  return traced(() => {
    const before = prim("reshape", [count], { shape: count.shape });
    assign(count, add(count, by));
    return [before];
  });
}

/** `w -= rate * gradient`; gives `w · gradient`, scaled. */
function descent(w: Variable, scale: Variable): Program {
  return traced((builder) => {
    const gradient = builder.input({ shape: [2], dtype: "float32" });
    const rate = builder.input({ shape: [], dtype: "float32" });
    const product = prim("reduce_sum", [prim("mul", [w, gradient])], { axes: [0], keepdims: false });
    assign(w, prim("sub", [w, prim("mul", [rate, gradient])]));
    return [prim("mul", [product, scale])];
  });
}

const engines: readonly StatefulEngine[] = [
  reference,
  onnxruntime({ package: "onnxruntime-node" }),
  onnxruntime({ package: "onnxruntime-web" }),
  onnxruntime({ workers: 2, worker: startFromSource }),
];

describe.each(engines)("state held by $name", (engine) => {
  const one = fromNested(1, "int32");
  const nested = (tensors: readonly Tensor[]) => tensors.map(toNested);

  it("goes from run to run, and to the variable when it is written back", async () => {
    const count = variable("count", 5, "int32");
    const held = await engine.hold(counter(count, one));
    expect(nested(await held.run([]))).toEqual([5]);
    expect(nested(await held.run([]))).toEqual([6]);
    expect(toNested(count.value)).toBe(5);
    expect(count.version).toBe(0);
    expect(toNested(await held.read(count))).toBe(7);
    expect(toNested(count.value)).toBe(5);
    await held.writeBack();
    expect(toNested(count.value)).toBe(7);
    await held.writeBack();
    expect(count.version).toBe(1);
    expect(nested(await held.run([]))).toEqual([7]);
    await held.dispose();
  });

  it("descends as the numbers say, from weights that are read once", async () => {
    const w = variable("w", [1, 2]);
    const scale = variable("scale", 10);
    const held = await engine.hold(descent(w, scale));
    const rate = fromNested(0.5, "float32");
    const gradients = [
      [1, 0],
      [2, -2],
      [0, 4],
    ].map((gradient) => fromNested(gradient, "float32"));
    const losses = [];
    for (const gradient of gradients) losses.push(...nested(await held.run([gradient, rate])));
    expect(losses).toEqual([10, -30, 120]);
    expect(toNested(await held.read(w))).toEqual([-0.5, 1]);
    expect([w, scale].map(({ value }) => toNested(value))).toEqual([[1, 2], 10]);
    await held.dispose();
  });

  it("loses no update where runs overlap", async () => {
    const count = variable("count", 0, "int32");
    const held = await engine.hold(counter(count, one));
    const runs = Array.from({ length: 20 }, () => held.run([]));
    const reading = held.read(count);
    const written = held.writeBack();
    const last = held.run([]);
    expect(nested((await Promise.all(runs)).flat())).toEqual(runs.map((_, i) => i));
    expect(toNested(await reading)).toBe(20);
    await written;
    expect(toNested(count.value)).toBe(20);
    expect(nested(await last)).toEqual([20]);
    await held.dispose();
  });

  it("takes over what is assigned outside", async () => {
    const count = variable("count", 0, "int32");
    const held = await engine.hold(counter(count, one));
    await held.run([]);
    count.assign(fromNested(100, "int32"));
    expect(toNested(await held.read(count))).toBe(100);
    expect(nested(await held.run([]))).toEqual([100]);
    await held.writeBack();
    expect(toNested(count.value)).toBe(101);
    await held.dispose();
  });

  it.each(["float16", "bfloat16", "float64", "uint32", "int64", "bool"] as const)(
    "keeps %s bit for bit",
    async (dtype) => {
      const a = variable("a", [0, 1], dtype);
      const b = variable("b", [1, 1], dtype);
      const swap = traced(() => {
        const [first, second] = [a, b].map((from) => prim("reshape", [from], { shape: [2] }));
        assign(a, second as Numeric);
        assign(b, first as Numeric);
        return [];
      });
      const held = await engine.hold(swap);
      for (let i = 0; i < 3; i++) await held.run([]);
      expect(await held.read(a)).toEqual(b.value);
      expect(await held.read(b)).toEqual(a.value);
      await held.dispose();
    },
  );

  it("keeps a variable that is only written", async () => {
    const last = variable("last", [0, 0]);
    const program = traced((builder) => {
      const x = builder.input({ shape: [2], dtype: "float32" }) as Numeric;
      assign(last, x);
      return [];
    });
    const held = await engine.hold(program);
    expect(toNested(await held.read(last))).toEqual([0, 0]);
    for (const x of [
      [1, 2],
      [3, 4],
    ])
      await held.run([fromNested(x, "float32")]);
    expect(toNested(await held.read(last))).toEqual([3, 4]);
    await held.dispose();
  });

  it("is as before after a run that fails", async () => {
    const w = variable("w", [1, 2]);
    const held = await engine.hold(descent(w, variable("scale", 1)));
    const rate = fromNested(1, "float32");
    const gradient = fromNested([1, 1], "float32");
    const failing = held.run([fromNested([1, 1, 1], "float32"), rate]);
    const next = held.run([gradient, rate]);
    await expect(failing).rejects.toThrow("expected float32 (2,), received float32 (3,).");
    expect(nested(await next)).toEqual([3]);
    expect(toNested(await held.read(w))).toEqual([0, 1]);
    await held.dispose();
  });

  it("takes over what is still to be read once it is there", async () => {
    const a = variable("a", 1);
    const b = variable("b", 1);
    const program = traced(() => {
      assign(a, add(a, b));
      assign(b, add(b, a));
      return [];
    });
    const held = await engine.hold(program);
    a.assign(fromNested(10, "float32"));
    b.assignLazily({ later: async () => fromNested(20, "float32") });
    for (let i = 0; i < 2; i++)
      await expect(held.run([])).rejects.toThrow("b: expected a value in memory, received one that is still");
    await b.load();
    await held.run([]);
    expect([toNested(await held.read(a)), toNested(await held.read(b))]).toEqual([30, 50]);
    await held.dispose();
  });

  it("is closed when it is disposed, behind what was asked before", async () => {
    const count = variable("count", 5, "int32");
    const held = await engine.hold(counter(count, one));
    const before = held.run([]);
    const disposing = [held.dispose(), held.dispose()];
    const after = { run: held.run([]), read: held.read(count), writeBack: held.writeBack() };
    expect(nested(await before)).toEqual([5]);
    for (const [asked, refused] of Object.entries(after))
      await expect(refused).rejects.toThrow(new EngineError(asked, "the executable is disposed."));
    await Promise.all(disposing);
    expect(toNested(count.value)).toBe(5);
  });

  it("knows the variables that the program changes only", async () => {
    const scale = variable("scale", 1);
    const held = await engine.hold(descent(variable("w", [1, 2]), scale));
    await expect(held.read(scale)).rejects.toThrow(
      new EngineError("read", 'expected a variable that the program changes, received "scale".'),
    );
    await held.dispose();
  });
});
