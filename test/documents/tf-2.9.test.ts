import { describe, expect, it } from "vitest";
import { ModelError } from "../../src/errors.ts";
import { Functional, Input, type KerasTensor, Model, Sequential, tensor, toNested } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Embedding } from "../../src/layers/core/embedding.ts";
import { InputLayer } from "../../src/layers/core/input-layer.ts";
import { Add } from "../../src/layers/merging/index.ts";
import { Bidirectional, LSTM } from "../../src/layers/recurrent/index.ts";
import type { Operand } from "../../src/program/emit.ts";
import { cloneModel, compat } from "../../src/tf-keras/index.ts";

function sequential(): Sequential {
  return new Sequential([
    Input({ shape: [728] }),
    new Dense({ units: 32, activation: "relu" }),
    new Dense({ units: 1, activation: "sigmoid" }),
  ]);
}

function twoInputs(): Functional {
  const [a, b] = [Input({ shape: [2], name: "a" }), Input({ shape: [3], name: "b" })];
  const sum = new Add().apply([new Dense({ units: 3 }).apply(a), b]);
  return new Functional({ inputs: { b, a }, outputs: { sum }, name: "two" });
}

class Own extends Model {
  static override readonly className: string = "Own";
  override call(x: Operand): Operand {
    return x;
  }
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  throw new Error("expected an error");
}

describe("cloneModel of TensorFlow 2.9", () => {
  it("clones the Sequential model of the example, with freshly initialized weights", () => {
    const model = sequential();
    const copy = cloneModel(model);
    expect(copy).toBeInstanceOf(Sequential);
    expect(copy.toJson()).toBe(model.toJson());
    expect(toNested(copy.getWeights()[0]!)).not.toEqual(toNested(model.getWeights()[0]!));
    copy.setWeights(model.getWeights());
    const x = tensor(new Float32Array(2 * 728).fill(0.01), { shape: [2, 728] });
    expect(toNested(copy.apply(x))).toEqual(toNested(model.apply(x)));
  });

  it("clones a Functional model on new inputs", () => {
    const model = twoInputs();
    const copy = cloneModel(model);
    expect(copy.toJson()).toBe(model.toJson());
    expect(copy.inputs.some((input) => model.inputs.includes(input))).toBe(false);
    for (const weight of copy.weights) expect(model.weights).not.toContain(weight);
  });

  it("does not preserve the uniqueness of a variable that two layers share", () => {
    const x = Input({ shape: [4] });
    const [first, second] = [new Dense({ units: 4 }), new Dense({ units: 4 })];
    const hidden = first.apply(x);
    second.buildWith({ input_shape: [null, 4] });
    second.kernel = first.kernel;
    second.ownVariables.splice(0, 1, first.kernel);
    const model = new Functional({ inputs: x, outputs: second.apply(hidden) });
    expect(model.weights).toHaveLength(3);
    expect(cloneModel(model).weights).toHaveLength(4);
  });

  it("takes input tensors flat: their structure does not count", () => {
    const [a, b] = [Input({ shape: [2] }), new InputLayer({ shape: [3] })];
    for (const given of [[a, b], { x: a, y: b }, [[a], [b]]]) {
      const copy = cloneModel(twoInputs(), given);
      expect(copy.input).toEqual({ b: b.output, a });
    }
    const [first, second] = cloneModel(twoInputs(), a).inputs;
    expect([first === a, second?.name]).toEqual([true, "b"]);
    expect(messageOf(() => cloneModel(twoInputs(), [a, b, Input({ shape: [3] })]))).toBe(
      "cloneModel: inputTensors: expected at most 2 tensors, received 3.",
    );
  });

  it("takes an input tensor for a Sequential model, one at most, made by Input", () => {
    const x = Input({ shape: [728] });
    expect(cloneModel(sequential(), x).inputs[0]).toBe(x);
    expect(cloneModel(sequential(), [x]).inputs[0]).toBe(x);
    const inputLayer = new InputLayer({ shape: [728] });
    expect(cloneModel(sequential(), [inputLayer]).inputs[0]).toBe(inputLayer.output);
    expect(messageOf(() => cloneModel(sequential(), [x, x]))).toBe(
      "cloneModel: inputTensors: expected one tensor for a Sequential model, received 2.",
    );
    const inner = new Dense({ units: 728, name: "inner" }).apply(x);
    expect(messageOf(() => cloneModel(sequential(), inner))).toBe(
      'cloneModel: inputTensors: expected a tensor that Input(…) made, received one of the layer "inner". Call the model, or a clone of it, on that tensor.',
    );
  });

  it("customizes the copy by a cloneFunction, called for each layer but InputLayers", () => {
    const model = new Sequential([
      Input({ shape: [10], dtype: "int32" }),
      new Embedding({ input_dim: 20, output_dim: 4 }),
      new LSTM({ units: 8 }),
    ]);
    const seen: string[] = [];
    const copy = cloneModel(model, null, (layer) => {
      seen.push(layer.constructor.className);
      const again = layer.constructor.fromConfig(layer.getConfig());
      return layer instanceof LSTM ? new Bidirectional({ layer: again }) : again;
    });
    expect(seen).toEqual(["Embedding", "LSTM"]);
    expect(copy.layers[1]).toBeInstanceOf(Bidirectional);
    expect((copy.output as KerasTensor).shape).toEqual([null, 16]);
  });

  it("refuses subclassed models, which are made again by fromConfig(getConfig())", () => {
    const model = new Own({ name: "own" });
    expect(messageOf(() => cloneModel(model))).toBe(
      'cloneModel: expected a Functional or Sequential model, received the subclassed Own "own". Give it getConfig() and use model.constructor.fromConfig(model.getConfig()).',
    );
    const again = model.constructor.fromConfig(model.getConfig());
    expect(again).toBeInstanceOf(Own);
    expect(again.name).toBe("own");
  });

  it("says what it needs where it is given something else", () => {
    expect(messageOf(() => cloneModel("model" as never))).toBe(
      'cloneModel: expected a model, received "model".',
    );
    expect(messageOf(() => cloneModel(sequential(), null, 3 as never))).toBe(
      "cloneModel: expected cloneFunction to be a function, received 3.",
    );
  });

  it("gives a plain model, trainable and not compiled", () => {
    class Mine extends Functional {}
    const x = Input({ shape: [4] });
    const model = new Mine({ inputs: x, outputs: new Dense({ units: 1 }).apply(x), trainable: false });
    model.compileConfig = { optimizer: "sgd" };
    const copy = cloneModel(model);
    expect(copy.constructor).toBe(Functional);
    expect(copy.trainable).toBe(true);
    expect(copy.layers[1]!.trainable).toBe(false);
    expect(copy.compiled).toBe(false);
    expect(cloneModel(new Sequential([], { trainable: false })).trainable).toBe(true);
  });

  it("is the same function in tf.compat.v1", () => {
    expect(compat.v1.keras.models.cloneModel).toBe(cloneModel);
  });

  it("takes three arguments", () => {
    expect(cloneModel.length).toBeLessThanOrEqual(3);
    const calls: string[] = [];
    const fourth = (() => calls.push("called")) as never;
    const copy = (cloneModel as (...args: unknown[]) => Functional)(twoInputs(), null, null, fourth);
    expect(copy).toBeInstanceOf(Functional);
    expect(calls).toEqual([]);
  });
});
