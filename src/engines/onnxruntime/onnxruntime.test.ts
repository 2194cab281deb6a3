import { describe, expect, it } from "vitest";
import { EngineError, ShapeError } from "../../errors.ts";
import { Builder } from "../../program/builder.ts";
import { emitAny } from "../../program/emit-any.fixture.ts";
import type { Program } from "../../program/primitives.ts";
import type { Value } from "../../program/value.ts";
import { Variable } from "../../program/variable.ts";
import { arrayType, numericDTypes } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { expectClose } from "../expect-close.ts";
import { Random } from "../primitive-cases/random.ts";
import { runProgram } from "../reference/index.ts";
import { findEngine, type OrtPackage, onnxruntime } from "./index.ts";

const packages: readonly OrtPackage[] = ["onnxruntime-node", "onnxruntime-web"];

function apply(...args: Parameters<typeof emitAny>): Value {
  return emitAny(...args)[0] as Value;
}

const random = new Random(7);

/** Convolution, normalization, pooling, an open reshape and a dense layer. */
function network(): Program {
  const builder = new Builder();
  const x = builder.input({ shape: [null, 8, 8, 3], dtype: "float32" });
  const same = { strides: [2, 2], padding: [[0, 1] as const, [0, 1] as const], dilation: [1, 1] };
  let y = apply("conv", [x, random.floats([3, 3, 3, 4])], { ...same, groups: 1 });
  const statistics = [random.floats([4]), random.floats([4], 0.5, 2), random.floats([4]), random.floats([4])];
  y = apply("batch_norm", [y, ...statistics], { axis: 3, epsilon: 1e-3 });
  y = apply("clamp", [y], { min: 0, max: 6 });
  y = apply("avg_pool", [y], {
    window: [2, 2],
    strides: [2, 2],
    padding: [
      [0, 0],
      [0, 0],
    ],
  });
  const batch = apply("dim", [y], { axis: 0 });
  y = apply("reshape", [y, batch], { shape: [-2, 16] });
  y = apply("add", [apply("matmul", [y, random.floats([16, 5])], {}), random.floats([5])], {});
  // Every row of the batch against every other: two open dimensions.
  const rows = apply("reshape", [y, batch], { shape: [-2, 1, 5] });
  const columns = apply("broadcast_to", [y, batch, batch], { shape: [-2, -3, 5] });
  return builder.finish([apply("softmax", [y], { axis: 1 }), apply("sub", [rows, columns], {})]);
}

function identity(...inputs: readonly Tensor[]): Program {
  const builder = new Builder();
  return builder.finish(inputs.map(({ shape, dtype }) => builder.input({ shape, dtype })));
}

describe.each(packages)("%s", (name) => {
  const engine = onnxruntime({ package: name });

  it("runs one program with any batch size", async () => {
    const program = network();
    const executable = await engine.compile(program);
    for (const batch of [1, 3, 7]) {
      const input = random.floats([batch, 8, 8, 3]);
      const expected = runProgram(program, [input]);
      const received = await executable.run([input]);
      expect(received.length).toBe(2);
      for (const [i, tensor] of received.entries()) expectClose(tensor, expected[i]!, `output ${i}`);
    }
    await executable.dispose();
  });

  it.each(numericDTypes)("takes and gives %s bit for bit", async (dtype) => {
    const bytes = Uint8Array.from({ length: 64 }, () => (dtype === "bool" ? 1 : 0) & 1);
    if (dtype !== "bool") for (const i of bytes.keys()) bytes[i] = Math.floor(random.next() * 120);
    const ArrayType = arrayType(dtype);
    const data = new ArrayType(bytes.buffer, 0, 64 / ArrayType.BYTES_PER_ELEMENT);
    const input = new Tensor(dtype, [data.length], data);
    const executable = await engine.compile(identity(input));
    expect(await executable.run([input])).toEqual([input]);
    await executable.dispose();
  });

  it("gives the updates after the outputs, and reads variables when it compiles", async () => {
    const builder = new Builder();
    const state = new Variable({
      name: "state",
      shape: [2],
      dtype: "float32",
      initialize: () => new Tensor("float32", [2], Float32Array.of(1, 2)),
    });
    const x = builder.input({ shape: [2], dtype: "float32" });
    const sum = apply("add", [x, state], {});
    builder.update(state, sum);
    const executable = await engine.compile(builder.finish([apply("neg", [x], {})]));
    state.assign(new Tensor("float32", [2], Float32Array.of(100, 100)));
    const [output, update] = await executable.run([new Tensor("float32", [2], Float32Array.of(10, 20))]);
    expect(output!.data).toEqual(Float32Array.of(-10, -20));
    expect(update!.data).toEqual(Float32Array.of(11, 22));
    await executable.dispose();
  });

  it("gives 0 where integers are divided by 0", async () => {
    const int32 = (...values: number[]) => new Tensor("int32", [values.length], Int32Array.from(values));
    const [a, b] = [int32(5, -5, 0, 7), int32(0, 0, 0, -2)];
    const builder = new Builder();
    const values = [a!, b!].map(({ shape, dtype }) => builder.input({ shape, dtype }));
    const outputs = [apply("floor_div", values, {}), apply("mod", values, {})];
    const executable = await engine.compile(builder.finish(outputs));
    const received = await executable.run([a!, b!]);
    expect(received.map(({ data }) => [...data])).toEqual([
      [0, 0, 0, -4],
      [0, 0, 0, -1],
    ]);
    await executable.dispose();
  });

  it("runs at the same time what is asked for at the same time", async () => {
    const program = network();
    const executable = await engine.compile(program);
    const inputs = [1, 2, 3].map((batch) => random.floats([batch, 8, 8, 3]));
    const received = await Promise.all(inputs.map((input) => executable.run([input])));
    for (const [i, [output]] of received.entries()) {
      expectClose(output!, runProgram(program, [inputs[i]!])[0]!, `run ${i}`);
    }
    await executable.dispose();
  });

  it("says what is wrong with what it is given", async () => {
    const input = random.floats([2, 3]);
    const executable = await engine.compile(identity(input));
    const failure = (inputs: Tensor[]) => executable.run(inputs).catch((error: unknown) => error);
    expect(await failure([])).toEqual(new ShapeError("program", "expected 1 inputs, received 0."));
    expect(await failure([random.floats([2, 4])])).toMatchObject({
      message: "program.inputs[0]: expected float32 (2, 3), received float32 (2, 4).",
    });
    expect(await failure([random.integers([2, 3])])).toMatchObject({
      message: "program.inputs[0]: expected float32 (2, 3), received int32 (2, 3).",
    });
    await executable.dispose();
    expect(await failure([input])).toEqual(new EngineError("run", "the executable is disposed."));
    await executable.dispose();
  });
});

describe("errors of ONNX Runtime", () => {
  it("keep their cause when a program does not run", async () => {
    const builder = new Builder();
    const x = builder.input({ shape: [2], dtype: "float32" });
    const index = builder.input({ shape: [], dtype: "int32" });
    const executable = await onnxruntime().compile(
      builder.finish([apply("gather", [x, index], { axis: 0 })]),
    );
    const run = executable.run([random.floats([2]), new Tensor("int32", [], Int32Array.of(9))]);
    const error = await run.catch((error: unknown) => error as EngineError);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^onnxruntime: could not run the program: .*Gather node/),
      cause: expect.any(Error),
    });
    await executable.dispose();
  });

  it("keep their cause when a program does not compile", async () => {
    const engine = onnxruntime({ session: { executionProviders: ["nowhere"] } });
    const error = await engine.compile(identity(random.floats([1]))).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^onnxruntime: could not compile the program: .*nowhere/),
      cause: expect.any(Error),
    });
  });
});

describe("loading", () => {
  it("finds the native package first", async () => {
    expect((await findEngine())?.name).toBe("onnxruntime-node");
  });

  it("uses what load gives, once", async () => {
    let loads = 0;
    const engine = onnxruntime({
      load: () => {
        loads++;
        return import("onnxruntime-node");
      },
    });
    const input = random.floats([2]);
    for (let i = 0; i < 2; i++) {
      const executable = await engine.compile(identity(input));
      expect(await executable.run([input])).toEqual([input]);
      await executable.dispose();
    }
    expect(loads).toBe(1);
  });

  it("says what to install", async () => {
    const engine = onnxruntime({ package: "onnxruntime-nowhere" as OrtPackage });
    await expect(engine.compile(identity(random.floats([1])))).rejects.toMatchObject({
      name: "EngineError",
      message:
        "onnxruntime: expected onnxruntime-nowhere to be installed, found none that loads. " +
        'Run "npm install onnxruntime-nowhere".',
    });
  });

  it("refuses another module", async () => {
    const engine = onnxruntime({ load: async () => ({ default: {} }) });
    await expect(engine.compile(identity(random.floats([1])))).rejects.toEqual(
      new EngineError("onnxruntime", "expected a module with InferenceSession, received another one."),
    );
  });
});
