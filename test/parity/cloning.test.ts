import { describe, expect, it } from "vitest";
import type { CallArgument } from "../../src/graph/graph.ts";
import {
  cloneModel,
  Functional,
  flattenLayers,
  Input,
  Model,
  Sequential,
  type Tensor,
} from "../../src/index.ts";
import { Conv1D } from "../../src/layers/convolution/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { InputLayer } from "../../src/layers/core/input-layer.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { Dropout } from "../../src/layers/regularization/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { expectIdentical, messageOf, numbers, values } from "./common.ts";

function mlp(isShared = false): Functional {
  const inputs = Input({ shape: [3] });
  let x = new Dense({ units: 2 }).apply(inputs);
  if (isShared) {
    const layer = new Dense({ units: 2, name: "shared" });
    x = layer.apply(layer.apply(x));
  }
  return new Functional({ inputs, outputs: new Dense({ units: 2 }).apply(x) });
}

function cnn(): Functional {
  const conv = () => new Conv1D({ filters: 2, kernel_size: 2, padding: "same" });
  const inputs = Input({ shape: [7, 3] });
  return new Functional({ inputs, outputs: conv().apply(conv().apply(inputs)) });
}

function sequential(hasInput = true): Sequential {
  const layers = [new Dense({ units: 2 }), new Dense({ units: 2 })];
  return new Sequential(hasInput ? [Input({ shape: [3] }), ...layers] : layers);
}

function cnnSequential(hasInput = true): Sequential {
  const layers = [1, 2].map(() => new Conv1D({ filters: 2, kernel_size: 2, padding: "same" }));
  return new Sequential(hasInput ? [Input({ shape: [7, 3] }), ...layers] : layers);
}

class Example extends Model {
  static override readonly className: string = "Example";
  readonly d1 = new Dense({ units: 2 });
  readonly d2 = new Dense({ units: 2 });
  override call(x: Operand): Numeric {
    return this.d2.apply(this.d1.apply<Numeric>(x));
  }
}

/** `inner` between two Dense layers. */
function around(inner: Layer, width: number, kind: "functional" | "sequential"): Model {
  const [first, last] = [new Dense({ units: width }), new Dense({ units: 2 })];
  if (kind === "sequential") return new Sequential([first, inner, last]);
  const inputs = Input({ shape: [width + 1] });
  return new Functional({ inputs, outputs: last.apply(inner.apply(first.apply(inputs))) });
}

function expectSame(model: Model, copy: Model, shape: readonly number[]): void {
  const x = numbers(shape);
  model.apply(x);
  copy.apply(x);
  copy.setWeights(model.getWeights());
  expect(values(copy.apply(x))).toEqual(values(model.apply(x)));
}

function addDropout(layer: Layer, ...args: CallArgument[]): unknown {
  const out = layer.apply(...args);
  return layer instanceof Dense ? new Dropout({ rate: 0.5 }).apply(out) : out;
}

/** A cloneFunction that marks what it makes. */
function marking(marked: Set<Layer>): (layer: Layer) => Layer {
  return (layer) => {
    const copy = layer.constructor.fromConfig(layer.getConfig());
    marked.add(copy);
    return copy;
  };
}

describe("models/cloning_test.py", () => {
  it.each([
    ["mlp_functional", mlp, [2, 3]],
    ["cnn_functional", cnn, [2, 7, 3]],
    ["sequential", sequential, [2, 3]],
    ["deferred_sequential", () => sequential(false), [2, 3]],
    ["subclassed", () => new Example(), [2, 3]],
  ])("test_cloning_correctness: %s", (_, make, shape) => {
    const model: Model = make();
    expectSame(model, cloneModel(model), shape);
  });

  it.each([
    ["mlp_functional", mlp],
    ["cnn_functional", cnn],
    ["sequential", sequential],
  ])("test_custom_clone_function: %s", (_, make) => {
    const model: Model = make();
    const copy = cloneModel(model, {
      cloneFunction(layer) {
        const config = layer.getConfig();
        config.name = `${config.name}_custom`;
        return layer.constructor.fromConfig(config);
      },
    });
    const named = model.layers.filter((layer) => !(layer instanceof InputLayer));
    expect(copy.layers.slice(-named.length).map(({ name }) => name)).toEqual(
      named.map(({ name }) => `${name}_custom`),
    );
  });

  it("test_shared_layers_cloning: a layer that is called twice is cloned once", () => {
    const copy = cloneModel(mlp(true));
    expect(copy.layers).toHaveLength(4);
    expectSame(mlp(true), copy, [2, 3]);
  });

  it("test_structured_io_cloning: dicts stay dicts, with new inputs and with given ones", () => {
    const [x, y] = [Input({ shape: [3] }), Input({ shape: [3] })];
    const z1 = ops.add(x, y);
    const z2 = new Dense({ units: 5 }).apply(z1);
    const model = new Functional({ inputs: { x, y }, outputs: { z1, z2 } });
    const onGiven = cloneModel(model, { inputTensors: { x, y } });
    expectIdentical(onGiven.inputs, [x, y]);
    const given = { x: numbers([2, 3]), y: numbers([2, 3], 1) };
    for (const copy of [cloneModel(model), onGiven]) {
      expect(Object.keys(copy.input)).toEqual(["x", "y"]);
      expect(Object.keys(copy.output)).toEqual(["z1", "z2"]);
      copy.setWeights(model.getWeights());
      const [outputs, expected] = [copy, model].map((each) => each.apply<Record<string, Tensor>>(given));
      for (const key of ["z1", "z2"]) expect(values(outputs![key])).toEqual(values(expected![key]));
    }
    expect(messageOf(() => cloneModel(model, { inputTensors: [x, y] }))).toBe(
      'cloneModel: inputTensors: expected the structure of the model\'s inputs {"x": *, "y": *}, received [*, *].',
    );
  });

  it("test_call_fn: a Dropout after each Dense, layers reused", () => {
    const model = mlp();
    const copy = cloneModel(model, { cloneFunction: (layer) => layer, callFunction: addDropout });
    expect([model.layers.length, copy.layers.length]).toEqual([3, 5]);
    expect(copy.layers[2]).toBeInstanceOf(Dropout);
    expect(copy.layers[4]).toBeInstanceOf(Dropout);
    expectSame(model, copy, [2, 3]);
  });

  it("test_recursive: functions reach the models inside", () => {
    const model = around(mlp(), 3, "functional");
    const copy = cloneModel(model, {
      cloneFunction: (layer) => layer,
      callFunction: addDropout,
      recursive: true,
    });
    expect([model, copy].map((each) => flattenLayers(each).length)).toEqual([7, 11]);
    const inner = copy.layers[3] as Model;
    expect(inner.layers[2]).toBeInstanceOf(Dropout);
    expect(inner.layers[4]).toBeInstanceOf(Dropout);
    expectSame(model, copy, [2, 4]);

    const marked = new Set<Layer>();
    const stack = around(sequential(false), 2, "sequential");
    const stackCopy = cloneModel(stack, { cloneFunction: marking(marked), recursive: true });
    expectSame(stack, stackCopy, [2, 3]);
    const dense = flattenLayers(stackCopy).filter((layer) => layer instanceof Dense);
    expect(dense).toHaveLength(4);
    expect(dense.every((layer) => marked.has(layer))).toBe(true);
  });

  it.each([
    ["cnn_functional", cnn],
    ["cnn_sequential", cnnSequential],
    ["cnn_sequential_noinputlayer", () => cnnSequential(false)],
  ])("test_input_tensors: %s", (_, make) => {
    const model: Model = make();
    model.apply(numbers([2, 7, 3]));
    const copy = cloneModel(model, { inputTensors: model.inputs[0]! });
    expectIdentical(copy.inputs, [model.inputs[0]]);
    expect(copy.outputs.map(({ shape }) => shape)).toEqual(model.outputs.map(({ shape }) => shape));
    expect(copy.outputs[0]).not.toBe(model.outputs[0]);
    expectSame(model, copy, [2, 7, 3]);
  });

  it.each(["functional", "sequential"] as const)("test_recursive_multi_level: %s", (kind) => {
    const inner = kind === "functional" ? mlp() : sequential(false);
    const model = around(around(inner, 3, kind), 4, kind);
    const marked = new Set<Layer>();
    const copy = cloneModel(model, { cloneFunction: marking(marked), recursive: true });
    expectSame(model, copy, [2, 5]);
    const dense = flattenLayers(copy).filter((layer) => layer instanceof Dense);
    expect(dense).toHaveLength(6);
    expect(dense.every((layer) => marked.has(layer))).toBe(true);
  });

  it("test_compiled_model_cloning: a clone is compiled if its original is", () => {
    const model = sequential();
    expect(cloneModel(model).compiled).toBe(false);
    model.compileFromConfig({ optimizer: "adam", loss: "binary_crossentropy" });
    const copy = cloneModel(model);
    expect(copy.compiled).toBe(true);
    expect(copy.compileConfig).toEqual(model.compileConfig);
  });
});
