import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";
import { EngineError } from "../../../errors.ts";
import { Builder } from "../../../program/builder.ts";
import { emitAny } from "../../../program/emit-any.fixture.ts";
import type { Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import { arrayType, numericDTypes } from "../../../tensor/dtype.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { Random } from "../../primitive-cases/random.ts";
import { type OnnxRuntimeOptions, onnxruntime } from "../index.ts";
import type { Request } from "./messages.ts";
import { bundled, startFromSource, workerCode } from "./worker.fixture.ts";

const random = new Random(11);

function apply(...args: Parameters<typeof emitAny>): Value {
  return emitAny(...args)[0] as Value;
}

function identity({ shape, dtype }: Tensor): Program {
  const builder = new Builder();
  return builder.finish([builder.input({ shape, dtype })]);
}

/** A network whose weights are more than one piece long. */
function mlp(width: number): Program {
  const builder = new Builder();
  const x = builder.input({ shape: [null, width], dtype: "float32" });
  const hidden = apply("relu", [apply("matmul", [x, random.floats([width, width])], {})], {});
  return builder.finish([apply("matmul", [hidden, random.floats([width, 10])], {})]);
}

/** Fails when it is run: the row is outside. */
function gatherRow(): Program {
  const builder = new Builder();
  const x = builder.input({ shape: [2], dtype: "float32" });
  const index = builder.input({ shape: [], dtype: "int32" });
  return builder.finish([apply("gather", [x, index], { axis: 0 })]);
}

const row = (index: number) => [random.floats([2]), new Tensor("int32", [], Int32Array.of(index))];

const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

/** An engine whose workers can be looked at. */
function watched(workers: number) {
  const started: Worker[] = [];
  const runs: number[] = [];
  const engine = onnxruntime({
    package: "onnxruntime-node",
    workers,
    worker() {
      const worker = startFromSource();
      const place = started.push(worker) - 1;
      const post = worker.postMessage.bind(worker);
      worker.postMessage = (request: Request, ...rest: never[]) => {
        if (request.kind === "run") runs.push(place);
        post(request, ...rest);
      };
      return worker;
    },
  });
  return { engine, started, runs };
}

describe.each(["onnxruntime-node", "onnxruntime-web"] as const)("workers with %s", (name) => {
  const engine = onnxruntime({ package: name, workers: 2, worker: startFromSource });
  const plain = onnxruntime({ package: name });
  afterAll(() => engine.dispose());

  it("give the numbers of the engine without workers, bit for bit", async () => {
    const program = mlp(1100);
    const [executable, here] = [await engine.compile(program), await plain.compile(program)];
    for (const batch of [1, 3, 1200]) {
      const input = random.floats([batch, 1100]);
      expect(await executable.run([input])).toEqual(await here.run([input]));
    }
    await executable.dispose();
    await here.dispose();
  });

  it.each(numericDTypes)("take and give %s bit for bit, and leave the caller its buffers", async (dtype) => {
    const ArrayType = arrayType(dtype);
    const bytes = Uint8Array.from({ length: 64 }, () => (dtype === "bool" ? 1 : random.next() * 120));
    const data = new ArrayType(bytes.buffer, 16, 32 / ArrayType.BYTES_PER_ELEMENT);
    const input = new Tensor(dtype, [data.length], data);
    const executable = await engine.compile(identity(input));
    const before = bytes.slice();
    const outputs = await executable.run([input]);
    expect(outputs).toEqual([input]);
    expect(outputs[0]!.data.buffer).not.toBe(bytes.buffer);
    expect(bytes).toEqual(before);
    await executable.dispose();
  });

  it("say what did not compile, and what did not run", async () => {
    const wrong = onnxruntime({
      package: name,
      workers: 1,
      worker: startFromSource,
      session: { executionProviders: ["nowhere"] },
    });
    expect(await failure(wrong.compile(mlp(4)))).toMatchObject({
      name: "EngineError",
      message: expect.stringMatching(/^onnxruntime: could not compile the program: .*nowhere/),
    });
    wrong.dispose();
    const executable = await engine.compile(gatherRow());
    expect(await failure(executable.run(row(9)))).toMatchObject({
      name: "EngineError",
      message: expect.stringMatching(/^onnxruntime: could not run the program: .*Gather node/),
    });
    expect(await executable.run(row(1))).toHaveLength(1);
    await executable.dispose();
    expect(await failure(executable.run(row(1)))).toEqual(
      new EngineError("run", "the executable is disposed."),
    );
  });
});

describe("several workers", () => {
  it("share what is asked at the same time", async () => {
    const { engine, started, runs } = watched(2);
    const executable = await engine.compile(mlp(8));
    await executable.run([random.floats([1, 8])]);
    await Promise.all(Array.from({ length: 4 }, () => executable.run([random.floats([1, 8])])));
    expect(started.length).toBe(2);
    expect(runs).toEqual([0, 0, 1, 0, 1]);
    engine.dispose();
  });

  it("go on where one has died, and say so when none is left", async () => {
    const { engine, started } = watched(2);
    const executable = await engine.compile(mlp(8));
    const input = random.floats([1, 8]);
    await started[0]!.terminate();
    expect(await executable.run([input])).toHaveLength(1);
    await started[1]!.terminate();
    const message = "onnxruntime: could not run the program: the worker has ended: exit code 1.";
    expect(await failure(executable.run([input]))).toMatchObject({ name: "EngineError", message });
    await executable.dispose();
    const again = await engine.compile(mlp(8));
    expect(await again.run([input])).toHaveLength(1);
    expect(started.length).toBe(4);
    engine.dispose();
  });

  it("say so where one dies at work", async () => {
    const code = `
      const { parentPort } = require("node:worker_threads");
      parentPort.on("message", ({ kind, id }) => {
        if (kind === "create") parentPort.postMessage({ id, results: {} });
        if (kind === "run") process.exit(3);
      });
    `;
    const engine = onnxruntime({ workers: 1, worker: () => new Worker(code, { eval: true }) });
    const executable = await engine.compile(mlp(8));
    expect(await failure(executable.run([random.floats([1, 8])]))).toMatchObject({
      message: "onnxruntime: could not run the program: the worker has ended: exit code 3.",
    });
  });

  it("say so where a worker cannot start", async () => {
    const engine = onnxruntime({
      workers: 1,
      worker: () => new Worker('throw new Error("no such thing");', { eval: true }),
    });
    expect(await failure(engine.compile(mlp(4)))).toMatchObject({
      name: "EngineError",
      message: "onnxruntime: could not compile the program: the worker has ended: no such thing.",
    });
  });

  it("are ended by dispose when they have done their work, and all that is asked then says so", async () => {
    const { engine, started } = watched(2);
    const executable = await engine.compile(mlp(512));
    const ended = Promise.all(started.map((worker) => new Promise((end) => worker.on("exit", end))));
    const running = failure(executable.run([random.floats([4096, 512])]));
    await new Promise((resolve) => setTimeout(resolve, 10));
    engine.dispose();
    const message = "onnxruntime: could not run the program: the engine is disposed.";
    expect(await running).toMatchObject({ name: "EngineError", message });
    expect(await ended).toEqual([0, 0]);
    expect(await failure(executable.run([random.floats([1, 512])]))).toMatchObject({ message });
    await executable.dispose();
    expect(await failure(engine.compile(mlp(8)))).toMatchObject({
      message: "onnxruntime: could not compile the program: the engine is disposed.",
    });
    engine.dispose();
  });

  it("do not keep the process from ending, and keep it while they work", async () => {
    const program = `
      import { Worker } from "node:worker_threads";
      import { onnxruntime } from "./index.ts";
      import { Builder } from "../../program/builder.ts";
      import { Tensor } from "../../tensor/tensor.ts";

      const builder = new Builder();
      const program = builder.finish([builder.input({ shape: [null], dtype: "float32" })]);
      const worker = () => new Worker(${JSON.stringify(workerCode)}, { eval: true });
      const engine = onnxruntime({ workers: 2, worker });
      engine.compile(program).then(async (executable) => {
        const [y] = await executable.run([new Tensor("float32", [2], Float32Array.of(3, 4))]);
        console.log(y.data.join());
      });
    `;
    const input = await bundled(program);
    expect(spawnSync(process.execPath, ["-"], { input, encoding: "utf8", timeout: 30_000 })).toMatchObject({
      stdout: "3,4\n",
      stderr: "",
      status: 0,
    });
  });
});

describe("options", () => {
  it.each([
    [
      { worker: startFromSource },
      "expected workers, the number of workers to start, beside worker, received none.",
    ],
    [{ workers: 1.5 }, "expected workers to be the number of workers, 0 or more, received 1.5."],
    [{ package: 5 as never }, "expected package to be the name of a package, received 5."],
    [{ session: 5 as never }, "expected session to be an object of options, received 5."],
    [{ load: "x" as never }, 'expected load to be a function, received "x".'],
    [{ workers: 1, worker: {} as never }, "expected worker to be a function, received {}."],
    [{ wasmPaths: 5 as never }, "expected wasmPaths to be a string, received 5."],
    [{ workers: -1 }, "expected workers to be the number of workers, 0 or more, received -1."],
    [
      { workers: 1, load: () => import("onnxruntime-node") },
      "expected workers or load, received both. What another thread loads is said by worker.",
    ],
    [{ worker_count: 2 }, 'unknown option "worker_count".'],
    [{ wokers: 2 }, 'unknown option "wokers". Did you mean "workers"?'],
  ])("%j is refused", (options, message) => {
    expect(() => onnxruntime(options as OnnxRuntimeOptions)).toThrow(new EngineError("onnxruntime", message));
  });

  it("are not given where they are null, as everywhere", () => {
    const names = ["package", "session", "load", "wasmPaths", "workers", "worker"];
    const options = Object.fromEntries(names.map((name) => [name, null]));
    expect(onnxruntime(options as OnnxRuntimeOptions).name).toBe("onnxruntime");
  });
});
