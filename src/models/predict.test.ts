import { describe, expect, it } from "vitest";
import type { Engine } from "../engines/engine.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { ModelError } from "../errors.ts";
import { aTensor, takes } from "../graph/signature.ts";
import { Add, Dropout, Input, LSTM } from "../layers/index.ts";
import { add } from "../ops/index.ts";
import type { Numeric } from "../program/emit.ts";
import { full, toNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Functional } from "./functional.ts";
import { Model } from "./model.ts";
import type { PredictOptions } from "./predict.ts";
import { Sequential } from "./sequential.ts";

const ones = (...shape: readonly number[]) =>
  tensor(new Float32Array(shape.reduce((a, b) => a * b)).fill(1), { shape });

/** Disturbs its input also when it predicts. */
function noisy(): Functional {
  const x = Input({ shape: [4] });
  return new Functional({
    inputs: x,
    outputs: new Dropout({ rate: 0.5, seed: 7 }).apply(x, { training: true }),
  });
}

/** Gives something else each time, until its state is reset. */
function remembering(): Sequential {
  const lstm = new LSTM({
    units: 2,
    stateful: true,
    kernel_initializer: "ones",
    recurrent_initializer: "ones",
  });
  return new Sequential([Input({ batch_shape: [2, 3, 1] }), lstm]);
}

/** The states of its layers and of their random numbers. */
const states = (model: Model) => model.variables.filter(({ isStatistic }) => isStatistic);

const close = (values: unknown): unknown =>
  Array.isArray(values) ? values.map(close) : expect.closeTo(values as number, 5);

describe.each([
  ["the reference engine", reference],
  ["ONNX Runtime", onnxruntime({ package: "onnxruntime-node" })],
] as const)("a model that changes variables goes on where it was: %s", (_, engine) => {
  it("from batch to batch and from call to call", async () => {
    const [model, called] = [noisy(), noisy()];
    const x = ones(4, 4);
    const received = [];
    for (let i = 0; i < 2; i++)
      received.push(...(toNested(await model.predict<Tensor>(x, { batch_size: 1, engine })) as unknown[]));
    const expected = received.map(() => (toNested(called.apply<Tensor>(ones(1, 4))) as unknown[])[0]);
    expect(received).toEqual(expected);
    expect(new Set(received.map((row) => String(row))).size).toBeGreaterThan(3);
    expect(states(model).map(({ value }) => toNested(value))).toEqual(
      states(called).map(({ value }) => toNested(value)),
    );
  });

  it("in a stateful layer, until its state is reset", async () => {
    const [model, called] = [remembering(), remembering()];
    const x = ones(2, 3, 1);
    const expected = [0, 1, 2].map(() => toNested(called.apply<Tensor>(x)));
    for (const y of expected) expect(toNested(await model.predict(x, { engine }))).toEqual(close(y));
    (model.layers[0] as LSTM).resetState();
    expect(toNested(await model.predict(x, { engine }))).toEqual(close(expected[0]));
    model.apply(x);
    expect(toNested(await model.predict(x, { engine }))).toEqual(close(expected[2]));
  });

  it("one call after the other, also where models share a layer", async () => {
    const [model, called] = [noisy(), noisy()];
    const dropout = model.layers[1] as Dropout;
    const y = Input({ shape: [4] });
    const other = new Functional({
      inputs: y,
      outputs: new Add().apply([y, dropout.apply(y, { training: true })]),
    });
    const predictions = Array.from({ length: 6 }, (_, i) =>
      (i % 2 === 0 ? model : other).predict<Tensor>(ones(2, 4), { batch_size: 1, engine }),
    );
    for (const [i, prediction] of (await Promise.all(predictions)).entries()) {
      const disturbed = [0, 1].map(() => (toNested(called.apply<Tensor>(ones(1, 4))) as number[][])[0]);
      const expected = disturbed.map((row) => row?.map((value) => value + (i % 2)));
      expect(toNested(prediction), `call ${i}`).toEqual(expected);
    }
  });

  it("behind the batches that were done before one failed", async () => {
    const [model, called] = [noisy(), noisy()];
    const onProgress = (): void => {
      throw new Error("enough");
    };
    await expect(model.predict(ones(2, 4), { batch_size: 1, engine, onProgress })).rejects.toThrow("enough");
    called.apply(ones(1, 4));
    expect(toNested(await model.predict<Tensor>(ones(1, 4), { engine }))).toEqual(
      toNested(called.apply<Tensor>(ones(1, 4))),
    );
  });

  it("with new weights too, and with a state that is still to be read", async () => {
    const [model, called] = [remembering(), remembering()];
    const x = ones(2, 3, 1);
    for (const each of [model, called]) {
      await each.predict(x, { engine });
      each.setWeights(each.weights.map(({ shape }) => full(shape, 0.5, "float32")));
    }
    const [first] = states(model);
    const value = first!.value;
    first!.assignLazily({ later: async () => value });
    expect(toNested(await model.predict(x, { engine }))).toEqual(close(toNested(called.apply<Tensor>(x))));
  });
});

it("an engine that cannot hold what changes says so", async () => {
  const engine: Engine = { name: "plain", compile: (program) => reference.compile(program) };
  await expect(noisy().predict(ones(1, 4), { engine })).rejects.toThrow(
    /^predict: expected an engine that can hold what a program changes, because the model changes \["seed_generator_\d+\/seed_generator_state"\], received "plain"\.$/,
  );
});

/** A model of one's own whose call takes its input alone. */
class Doubling extends Model {
  static override readonly signature = takes("inputs", { inputs: aTensor() });
  override call(inputs: Numeric): Numeric {
    return add(inputs, inputs);
  }
}

it("a model whose call knows no training predicts", async () => {
  expect(toNested(await new Doubling().predict<Tensor>(ones(2, 2)))).toEqual([
    [2, 2],
    [2, 2],
  ]);
});

describe("what predict does not take", () => {
  it.each<readonly [unknown, string]>([
    [{ batchSize: 0 }, 'unknown option "batchSize". Did you mean "batch_size"?'],
    [{ verbose: 0 }, 'unknown option "verbose".'],
    [{ batch_size: 0 }, "expected batch_size to be a positive integer, received 0."],
    [32, "expected an object of options, received 32."],
    [
      { engine: "reference" },
      'expected engine to be an engine, such as onnxruntime() makes, received "reference".',
    ],
    [{ engine: {} }, "expected engine to be an engine, such as onnxruntime() makes, received {}."],
  ])("%j", async (options, message) => {
    const predicted = new Doubling().predict(ones(1, 2), options as PredictOptions);
    await expect(predicted).rejects.toThrow(new ModelError("predict", message));
  });
});
