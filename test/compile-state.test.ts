import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../src/engines/reference/index.ts";
import { Dense } from "../src/layers/index.ts";
import { Huber } from "../src/losses/index.ts";
import { Mean } from "../src/metrics/index.ts";
import { cloneModel } from "../src/models/clone-model.ts";
import type { Model } from "../src/models/model.ts";
import { Sequential } from "../src/models/sequential.ts";
import { Adam, ExponentialDecay, SGD } from "../src/optimizers/index.ts";
import { KeptState } from "../src/program/kept-state.ts";
import { serialize } from "../src/registry/serialize.ts";
import { loadModel } from "../src/saving/load.ts";
import { toBytes } from "../src/saving/save-model.ts";
import { full } from "../src/tensor/create.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";

beforeAll(useReference);

const fileOf = (path: string) => new Uint8Array(readFileSync(new URL(`../golden/${path}`, import.meta.url)));
const keptOf = (path: string) =>
  (
    JSON.parse(readFileSync(new URL(`../golden/${path}`, import.meta.url), "utf8")) as {
      optimizer_variables: TensorRecord[];
    }
  ).optimizer_variables.map(recordTensor);

const files = ["3.6", "3.15"].flatMap((version) =>
  [
    ["fitted_adam", Adam],
    ["fitted_schedule", SGD],
  ].map(([id, cls]) => [`${version}/files/${id as string}`, cls as typeof Adam] as const),
);

/** One update of all that is trained. */
function train(model: Model): void {
  const { trainableWeights: weights } = model;
  model.optimizer!.apply(weights.map(({ shape, dtype }) => full(shape, 0.5, dtype)));
}

const valuesOf = (model: Model) => model.optimizer!.variables.map(({ value }) => value);

describe.each(files)("the optimizer of %s", (path, cls) => {
  const load = () => loadModel(fileOf(`${path}.keras`));

  it("is one of its class, with what the file kept", async () => {
    const model = await load();
    expect(model.optimizer).toBeInstanceOf(cls);
    expect(valuesOf(model)).toEqual(keptOf(`${path}.json`));
    expect(typeof model.loss).toBe("string");
    expect(model.compileState?.jit_compile).toBeTypeOf("boolean");
  });

  it("is written back as it was while nothing changed, and as it is where something did", async () => {
    const model = await load();
    const before = await toBytes(model);
    expect(model.optimizer!.built).toBe(true);
    expect(await toBytes(model)).toEqual(before);
    const { iterations } = model.optimizer!;
    train(model);
    const again = await loadModel(await toBytes(model));
    expect(again.optimizer!.iterations).toBe(iterations + 1);
    expect(valuesOf(again)).toEqual(valuesOf(model));
    expect(again.weights.map(({ value }) => value)).toEqual(model.weights.map(({ value }) => value));
  });

  it("is fresh in a clone, unless its state is copied", async () => {
    const model = await load();
    const fresh = cloneModel(model);
    expect(fresh.optimizer).toBeInstanceOf(cls);
    expect([fresh.optimizer === model.optimizer, fresh.optimizer!.iterations]).toEqual([false, 0]);
    expect(JSON.stringify(fresh.getCompileConfig())).toBe(JSON.stringify(model.getCompileConfig()));
    const copy = cloneModel(model, { weights: "copy", optimizer: "copy" });
    expect(valuesOf(copy)).toEqual(valuesOf(model));
    train(copy);
    expect(copy.optimizer!.iterations).toBe(model.optimizer!.iterations + 1);
  });
});

describe("what a file kept of an optimizer", () => {
  it("is for the weights that were trained then", async () => {
    const model = await loadModel(fileOf("3.6/files/fitted_adam.keras"));
    model.getLayer("out").trainable = false;
    expect(model.trainableWeights).toHaveLength(2);
    expect(valuesOf(model)).toEqual(keptOf("3.6/files/fitted_adam.json"));
  });

  it.each([
    [
      "too few",
      (state: KeptState) => state.variables.slice(1),
      "expected 10 kept variables, for 4 trained weights, received 9.",
    ],
    [
      "of another shape",
      (state: KeptState) => state.variables.map((kept, i) => (i === 2 ? { ...kept, shape: [7] } : kept)),
      "expected kept variable 2 of shape (3, 3), received one of (7,).",
    ],
  ])("is an error where it does not fit: %s", async (_, change, message) => {
    const model = await loadModel(fileOf("3.6/files/fitted_adam.keras"));
    const kept = change(model.optimizerState!).map((variable, i) => [String(i), variable] as const);
    model.optimizerState = new KeptState(new Map([["vars", new KeptState(new Map(kept))]]));
    const help = "Set the model's optimizerState to null to begin anew.";
    expect(() => model.optimizer).toThrow(`optimizer "adam": ${message} ${help}`);
    model.optimizerState = null;
    expect(model.optimizer!.iterations).toBe(0);
  });

  it("is nothing where it was never built", async () => {
    const model = await loadModel(fileOf("3.6/files/fitted_adam.keras"));
    const kept = new Adam().variables.map(({ shape, dtype }, i) => {
      const data = async () => full(shape, 0, dtype);
      return [String(i), { shape, dtype, attributes: new Map(), data }] as const;
    });
    model.optimizerState = new KeptState(new Map([["vars", new KeptState(new Map(kept))]]));
    expect(model.optimizer!.iterations).toBe(0);
  });
});

describe("the config of an optimizer in a model", () => {
  it("says a learning rate that was changed", async () => {
    const model = await loadModel(fileOf("3.6/files/fitted_adam.keras"));
    model.optimizer!.learning_rate = 0.5;
    const again = await loadModel(await toBytes(model));
    expect(again.optimizer!.givenRate).toBe(0.5);
    expect(again.optimizer!.learning_rate).toBe(0.5);
  });

  it("keeps its schedule", async () => {
    const { optimizer } = await loadModel(fileOf("3.6/files/fitted_schedule.keras"));
    expect(optimizer!.givenRate).toBeInstanceOf(ExponentialDecay);
    expect(() => {
      optimizer!.learning_rate = 0.1;
    }).toThrow('optimizer "SGD": expected a schedule, because it was made with one, received 0.1.');
  });
});

describe("what is not known", () => {
  it("stays data, and is no optimizer", () => {
    const model = new Sequential([new Dense({ units: 1 })]);
    expect([model.compileState, model.optimizer, model.loss]).toEqual([null, null, null]);
    const optimizer = { module: "mine", class_name: "Own", config: { rate: 1 }, registered_name: "mine>Own" };
    model.compileFromConfig({ optimizer, loss: "mse" });
    expect(model.optimizer).toBeNull();
    expect(model.loss).toBe("mse");
    expect(model.compileState?.optimizer).toEqual(optimizer);
    expect(model.getCompileConfig()).toEqual({ optimizer, loss: "mse" });
  });
});

describe("a clone", () => {
  it("has an optimizer, losses and metrics of its own, which have seen nothing", () => {
    const model = new Sequential([new Dense({ units: 1 })]);
    const [loss, metric] = [new Huber({ delta: 2 }), new Mean({ name: "average" })];
    model.compileFromConfig({
      optimizer: "sgd",
      loss: serialize(loss),
      metrics: [["mae", serialize(metric)]],
    });
    const resultOf = (metric: Mean) => metric.result().toArray();
    const metricOf = (of: Model) => (of.compileState!.metrics as [[string, Mean]])[0][1];
    metricOf(model).updateState([4]);
    const clone = cloneModel(model);
    expect(metricOf(clone)).toBeInstanceOf(Mean);
    expect(metricOf(clone).name).toBe("average");
    expect(resultOf(metricOf(clone))).toBe(0);
    expect(resultOf(metricOf(model))).toBe(4);
    expect(clone.loss).toBeInstanceOf(Huber);
    expect(clone.loss).not.toBe(model.loss);
    expect(clone.getCompileConfig()).toEqual(model.getCompileConfig());
  });
});
