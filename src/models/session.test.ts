import ort from "onnxruntime-node";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "../engines/engine.ts";
import { loadEngine } from "../engines/load.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { Activation, Dense, Input } from "../layers/index.ts";
import { Layer } from "../layers/layer.ts";
import { multiply } from "../ops/index.ts";
import type { Numeric } from "../program/emit.ts";
import { full, toNested } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Model } from "./model.ts";
import { Sequential } from "./sequential.ts";

/** The reference engine, counting what it makes. What it made is used by nobody once it is disposed. */
class Counting implements Engine {
  readonly name = "counting";
  compiled = 0;
  disposed = 0;
  runs = 0;
  /** Waited for before anything is compiled, and in every run. */
  gate: Promise<unknown> = Promise.resolve();

  async compile(program: Parameters<Engine["compile"]>[0]) {
    this.compiled++;
    await this.gate;
    const executable = await reference.compile(program);
    let isOpen = true;
    const check = () => {
      if (!isOpen) throw new Error("used after it was disposed");
    };
    return {
      run: async (inputs: readonly Tensor[]) => {
        check();
        this.runs++;
        await this.gate;
        check();
        return executable.run(inputs);
      },
      dispose: () => {
        check();
        isOpen = false;
        this.disposed++;
      },
    };
  }
}

/** Gives each row's sum, times `scale`. */
function summing(scale = 1): Sequential {
  const model = new Sequential([Input({ shape: [3] }), new Dense({ units: 1, use_bias: false })]);
  setScale(model, scale);
  return model;
}

/** A model of one's own, which takes what it is given. */
class Doubling extends Model {
  override call(inputs: Numeric): Numeric {
    return multiply(inputs, 2);
  }
}

/** A layer of one's own with properties that no config knows. */
class Times extends Layer {
  factor = 1;
  options: { factors: number[]; [key: string]: unknown } = { factors: [1, 1] };
  override call(inputs: Numeric): Numeric {
    const { factors } = this.options;
    return multiply(
      inputs,
      factors.reduce((product, factor) => product * factor, this.factor),
    );
  }
}

/** A model of one's own with a layer inside. */
class Holding extends Model {
  readonly inner: Layer;
  constructor(inner: Layer) {
    super();
    this.inner = inner;
  }
  override call(inputs: Numeric): Numeric {
    return this.inner.apply<Numeric>(inputs);
  }
}

/** A promise that is kept when somebody says so. */
function promised<T>(): { readonly promise: Promise<T>; readonly keep: (value: T) => void } {
  let keep = (_: T): void => {};
  const promise = new Promise<T>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}

function setScale(model: Model, scale: number): void {
  model.setWeights(model.weights.map(({ shape }) => full(shape, scale, "float32")));
}

const x = tensor([[1, 2, 3]], { dtype: "float32" });

async function sums(model: Model, engine: Engine, input: Tensor = x): Promise<unknown> {
  return toNested(await model.predict<Tensor>(input, { engine }));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a model is compiled once", () => {
  it("for any number of predictions", async () => {
    const engine = new Counting();
    const model = summing();
    for (let i = 0; i < 200; i++) expect(await sums(model, engine)).toEqual([[6]]);
    expect(engine).toMatchObject({ compiled: 1, disposed: 0 });
  });

  it("for predictions at the same time", async () => {
    const engine = new Counting();
    const model = summing();
    await Promise.all(Array.from({ length: 50 }, () => sums(model, engine)));
    setScale(model, 2);
    await Promise.all(Array.from({ length: 50 }, () => sums(model, engine)));
    expect(engine).toMatchObject({ compiled: 2, disposed: 1 });
  });

  it("by ONNX Runtime, which is found without being asked for", async () => {
    const create = vi.spyOn(ort.InferenceSession, "create");
    const model = summing();
    for (let i = 0; i < 20; i++) expect(toNested(await model.predict(x))).toEqual([[6]]);
    expect(create).toHaveBeenCalledTimes(1);
    expect(await loadEngine()).toBe(await loadEngine());
  });

  it("for each kind of input of a model without a graph", async () => {
    const engine = new Counting();
    const model = new Doubling();
    const integers = new Tensor("int32", [1, 3], Int32Array.of(1, 2, 3));
    for (const input of [x, integers, x, integers])
      expect(await sums(model, engine, input)).toEqual([[2, 4, 6]]);
    expect(engine.compiled).toBe(2);
  });
});

describe("a model is compiled anew", () => {
  const changes: Readonly<Record<string, (model: Sequential) => void>> = {
    "when weights change": (model) => setScale(model, -1),
    "when a layer is added": (model) => model.add(new Activation({ activation: "relu" })),
    "when a layer is removed": (model) => model.pop(),
    "when a property of a layer changes": (model) => {
      (model.layers[1] as Times).factor = 5;
    },
    "when what is in its lists and dicts changes": (model) => {
      (model.layers[1] as Times).options.factors[1] = 5;
    },
    "when such a list is another one": (model) => {
      (model.layers[1] as Times).options.factors = [3];
    },
    "when an option gets another name": (model) => {
      const { options } = model.layers[1] as Times;
      delete options.other;
      options.another = 1;
    },
    "when a field of a layer of Keras changes": (model) => {
      Object.assign(model.layers[2]!, { activation: new Activation({ activation: "relu" }).activation });
    },
  };
  it.each(Object.keys(changes))("%s", async (name) => {
    const engine = new Counting();
    const model = summing(-2);
    const times = new Times();
    times.options.other = 1;
    model.add(times);
    model.add(new Activation({ activation: "tanh" }));
    await sums(model, engine);
    changes[name]!(model);
    expect(await sums(model, engine)).toEqual(await sums(model, reference));
    expect(await sums(model, engine)).toEqual(toNested(model.apply(x)));
    expect(engine).toMatchObject({ compiled: 2, disposed: 1 });
  });

  it("with another engine of the same name", async () => {
    const engines = [new Counting(), new Counting()];
    const model = summing();
    for (const engine of engines) await sums(model, engine);
    expect(engines).toMatchObject([
      { compiled: 1, disposed: 1 },
      { compiled: 1, disposed: 0 },
    ]);
  });

  it("when a long list of layers in a property changes", async () => {
    class Chain extends Layer {
      readonly steps = Array.from({ length: 1200 }, () => new Times());
      override call(inputs: Numeric): Numeric {
        return this.steps.reduce((x, step) => step.apply<Numeric>(x), inputs);
      }
    }
    const engine = new Counting();
    const chain = new Chain();
    const model = new Sequential([Input({ shape: [3] }), chain]);
    await sums(model, engine);
    const twice = new Times();
    twice.factor = 2;
    chain.steps[1100] = twice;
    expect(await sums(model, engine)).toEqual([[2, 4, 6]]);
    chain.steps[1100] = new Times();
    expect(await sums(model, engine)).toEqual([[1, 2, 3]]);
    expect(engine).toMatchObject({ compiled: 3, disposed: 2 });
  });

  it("but not where a layer is called in another model, or has members by its class", async () => {
    const engine = new Counting();
    const model = summing();
    const times = new Times();
    model.add(times);
    await sums(model, engine);
    times.apply(Input({ shape: [1] }));
    await sums(model, engine);
    Object.assign(Times.prototype, { note: "enumerable" });
    await sums(model, engine);
    await sums(model, engine);
    Reflect.deleteProperty(Times.prototype, "note");
    expect(engine.compiled).toBe(2);
  });

  it("after it could not be compiled", async () => {
    const engine = new Counting();
    const model = summing();
    engine.gate = Promise.reject(new Error("no memory"));
    const first = await Promise.allSettled([sums(model, engine), sums(model, engine)]);
    expect(first).toMatchObject([{ reason: { message: "no memory" } }, { reason: { message: "no memory" } }]);
    engine.gate = Promise.resolve();
    expect(await sums(model, engine)).toEqual([[6]]);
    expect(engine).toMatchObject({ compiled: 2, disposed: 0 });
  });
});

describe("a session is disposed when its last user is done", () => {
  it("and not before", async () => {
    const engine = new Counting();
    const model = summing();
    await sums(model, engine);
    const gate = promised<void>();
    engine.gate = gate.promise;
    const running = [sums(model, engine), sums(model, engine)];
    await vi.waitFor(() => expect(engine.runs).toBe(3));
    setScale(model, 2);
    running.push(sums(model, engine));
    await vi.waitFor(() => expect(engine.compiled).toBe(2));
    expect(engine).toMatchObject({ compiled: 2, disposed: 0 });
    gate.keep();
    expect(await Promise.all(running)).toEqual([[[6]], [[6]], [[12]]]);
    expect(engine).toMatchObject({ compiled: 2, disposed: 1 });
  });

  it("with all that were compiled of the model before it changed", async () => {
    const engine = new Counting();
    const loose = new Holding(new Dense({ units: 1 }));
    for (let rows = 1; rows <= 10; rows++) await loose.predict(full([1, rows, 3], 1, "float32"), { engine });
    setScale(loose, 2);
    await loose.predict(full([1, 20, 3], 1, "float32"), { engine });
    expect(engine).toMatchObject({ compiled: 11, disposed: 10 });
  });

  it("which is the least recently used of more than 16", async () => {
    const engine = new Counting();
    const model = new Doubling();
    const predict = (width: number) => model.predict(full([1, width], 1, "float32"), { engine });
    for (let width = 1; width <= 16; width++) await predict(width);
    await predict(1);
    await predict(17);
    expect(engine).toMatchObject({ compiled: 17, disposed: 1 });
    await predict(1);
    expect(engine.compiled).toBe(17);
    await predict(2);
    expect(engine).toMatchObject({ compiled: 18, disposed: 2 });
  });

  it.each<readonly [string, () => Promise<void>]>([
    ["fails", () => Promise.reject(new Error("no such session"))],
    [
      "fails at once",
      () => {
        throw new Error("no such session");
      },
    ],
    ["does not end", () => new Promise(() => {})],
  ])("and nobody waits for what %s", async (_, dispose) => {
    const engine: Engine = {
      name: "stuck",
      compile: async (program) => ({ ...(await reference.compile(program)), dispose }),
    };
    const model = summing();
    await sums(model, engine);
    setScale(model, 2);
    expect(await sums(model, engine)).toEqual([[12]]);
  });

  it.each([
    ["the reference engine", reference],
    ["ONNX Runtime", onnxruntime({ package: "onnxruntime-node" })],
    ["an engine that counts", new Counting()],
  ])("so that predictions overlap with changes of weights: %s", async (_, engine) => {
    const model = new Sequential([
      Input({ shape: [3] }),
      new Dense({ units: 1, use_bias: false }),
      new Dense({ units: 1, use_bias: false }),
    ]);
    setScale(model, 1);
    const inputs = Array.from({ length: 50 }, (_, i) => full([i + 1, 3], i, "float32"));
    const predict = async (input: Tensor) =>
      toNested(await model.predict<Tensor>(input, { engine, batch_size: 4 })) as number[][];
    const serial: number[][][] = [];
    for (const input of inputs) serial.push(await predict(input));
    expect(await Promise.all(inputs.map(predict))).toEqual(serial);

    const parallel: Promise<number[][]>[] = [];
    for (const [i, input] of inputs.entries()) {
      parallel.push(predict(input));
      if (i % 3 === 0) await new Promise(setImmediate);
      setScale(model, 2 + i);
    }
    for (const [i, received] of (await Promise.all(parallel)).entries()) {
      // Each kernel multiplies by the scale: two of one scale give a square, two of different ones do not.
      if (i === 0) continue; // its inputs are 0
      const squared = received[0]![0]! / serial[i]![0]![0]!;
      expect(Math.sqrt(squared) % 1, `call ${i}`).toBe(0);
      expect(squared).toBeGreaterThanOrEqual((1 + i) ** 2);
      expect(received).toEqual(serial[i]!.map(([sum]) => [sum! * squared]));
    }
  });
});

describe("disposing a model", () => {
  it("frees all that was compiled of it, and the model works on", async () => {
    const engine = new Counting();
    const model = new Doubling();
    for (let width = 1; width <= 3; width++) await model.predict(full([1, width], 1, "float32"), { engine });
    await model.dispose();
    expect(engine).toMatchObject({ compiled: 3, disposed: 3 });
    expect(await sums(model, engine)).toEqual([[2, 4, 6]]);
    await model.dispose();
    await model.dispose();
    expect(engine).toMatchObject({ compiled: 4, disposed: 4 });
  });

  it("waits for the predictions that run", async () => {
    const engine = new Counting();
    const model = summing();
    const gate = promised<void>();
    engine.gate = gate.promise;
    const running = [sums(model, engine), sums(model, engine)];
    await vi.waitFor(() => expect(engine.compiled).toBe(1));
    const events: string[] = [];
    const disposing = model.dispose().then(() => events.push("disposed"));
    for (const run of running) run.then(() => events.push("done"));
    const later = sums(model, engine);
    gate.keep();
    expect(await Promise.all([...running, later])).toEqual([[[6]], [[6]], [[6]]]);
    await disposing;
    expect(events).toEqual(["done", "done", "disposed"]);
    expect(engine).toMatchObject({ compiled: 2, disposed: 1 });
  });

  it("is done at the end of a block", async () => {
    const engine = new Counting();
    const predict = async () => {
      const model = summing();
      try {
        return await sums(model, engine);
      } finally {
        await model[Symbol.asyncDispose]();
      }
    };
    expect(await predict()).toEqual([[6]]);
    expect(engine).toMatchObject({ compiled: 1, disposed: 1 });
    const model = summing();
    await sums(model, engine);
    model[Symbol.dispose]();
    await vi.waitFor(() => expect(engine).toMatchObject({ compiled: 2, disposed: 2 }));
  });

  it("says what the engine could not free", async () => {
    const engine: Engine = {
      name: "stuck",
      compile: async (program) => ({
        ...(await reference.compile(program)),
        dispose: () => Promise.reject(new Error("no such session")),
      }),
    };
    const model = summing();
    await sums(model, engine);
    await expect(model.dispose()).rejects.toThrow("no such session");
    await model.dispose();
  });

  it("has nothing to free of what could not be compiled", async () => {
    const model = summing();
    const engine: Engine = { name: "none", compile: () => Promise.reject(new Error("no memory")) };
    const failing = sums(model, engine);
    await Promise.all([model.dispose(), expect(failing).rejects.toThrow("no memory")]);
  });
});

describe("a prediction has one set of weights", () => {
  it("those that the model had when it was called", async () => {
    const engine = new Counting();
    const model = summing();
    await sums(model, engine);
    const given = new Tensor("float32", [1, 3], Float32Array.of(1, 2, 3));
    const running = [1, 2, 3].map((scale) => {
      setScale(model, scale);
      return sums(model, engine);
    });
    setScale(model, 100);
    expect(await Promise.all(running)).toEqual([[[6]], [[12]], [[18]]]);
    expect(await sums(model, engine, given)).toEqual([[600]]);
  });

  it("whatever is assigned while they are read or compiled", async () => {
    const engine = new Counting();
    const model = new Sequential([
      Input({ shape: [3] }),
      new Dense({ units: 1, use_bias: false }),
      new Dense({ units: 1, use_bias: false }),
    ]);
    setScale(model, 1);
    const kernel = model.weights[1]!;
    const file = promised<Tensor>();
    const read = vi.fn(() => file.promise);
    kernel.assignLazily({ later: read });
    const old = sums(model, engine);
    await vi.waitFor(() => expect(read).toHaveBeenCalled());
    setScale(model, 10);
    kernel.assignLazily({ later: () => new Promise(() => {}) });
    file.keep(full([1, 1], 2, "float32"));
    expect(await old).toEqual([[12]]);
    setScale(model, 10);
    expect(await sums(model, engine)).toEqual([[600]]);
  });
});
