import { describe, expect, it } from "vitest";
import { cloneModel, Functional, Input, type Nested, Sequential, type Tensor } from "../../src/index.ts";
import { Conv2D } from "../../src/layers/convolution/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { InputLayer } from "../../src/layers/core/input-layer.ts";
import { layer } from "../../src/layers/define.ts";
import { TimeDistributed } from "../../src/layers/recurrent/index.ts";
import { Dropout } from "../../src/layers/regularization/index.ts";
import { Flatten } from "../../src/layers/reshaping/index.ts";
import type { Operand } from "../../src/program/emit.ts";
import { checkSerialization, expectIdentical, messageOf, numbers } from "./common.ts";

const dense = (units: number, name?: string) => new Dense({ units, name });
const shapeOf = (value: { shape: readonly (number | null)[] }) => value.shape;
const symbol = (...batch_shape: number[]) => Input({ batch_shape });

/** Passes on what it is given, whatever the structure. */
class Passing extends layer("Passing", {}, { package: "parity" }) {
  override call(x: Nested<Operand>): Nested<Operand> {
    return x;
  }
}

describe("models/sequential_test.py", () => {
  it("test_basic_flow_with_input: built at once, called, popped", () => {
    const added = new Sequential([], { name: "seq" });
    for (const item of [Input({ shape: [2], batch_size: 3 }), dense(4), dense(5)]) added.add(item);
    const given = new Sequential([Input({ shape: [2], batch_size: 3 }), dense(4), dense(5)]);
    for (const model of [added, given]) {
      expect(model.layers).toHaveLength(2);
      expect(model.built).toBe(true);
      expect(model.weights).toHaveLength(4);
      expect(shapeOf(model.apply<Tensor>(numbers([3, 2])))).toEqual([3, 5]);
      expect(shapeOf(model.apply(symbol(3, 2)))).toEqual([3, 5]);
      const last = model.layers.at(-1);
      expect(model.pop()).toBe(last);
      expect(model.layers).toHaveLength(1);
      expect(model.built).toBe(true);
      expect(model.weights).toHaveLength(2);
      expect(shapeOf(model.apply<Tensor>(numbers([3, 2])))).toEqual([3, 4]);
    }
  });

  it.each([
    ["input_shape", () => [new Dense({ units: 4, input_shape: [2] } as never), dense(5)]],
    ["input_dim", () => [new Dense({ units: 4, input_dim: 2 } as never), dense(5)]],
    [
      "later ones are ignored",
      () => [
        new Dense({ units: 4, input_shape: [2] } as never),
        new Dense({ units: 5, input_shape: [3, 4] } as never),
      ],
    ],
  ])("test_legacy_flow_with_input_shape: %s", (_, layers) => {
    const model = new Sequential(layers());
    expect(model.layers).toHaveLength(2);
    expect(model.built).toBe(true);
    expect(model.weights).toHaveLength(4);
    expect(model.inputShape).toEqual([null, 2]);
  });

  it("test_basic_flow_deferred: built by the first call", () => {
    for (const given of [numbers([3, 2]), symbol(3, 2)]) {
      const model = new Sequential([dense(4), dense(5)], { name: "seq" });
      expect(model.built).toBe(false);
      expect(model.summary()).toContain("seq");
      expect(shapeOf(model.apply<Tensor>(given as Tensor))).toEqual([3, 5]);
      expect(model.built).toBe(true);
      expect(model.summary()).toContain("(3, 5)");
      expect(shapeOf(model.apply(symbol(3, 2)))).toEqual([3, 5]);
      model.pop();
      expect(model.layers).toHaveLength(1);
      expect(model.built).toBe(true);
      expect(model.weights).toHaveLength(2);
      expect(shapeOf(model.apply<Tensor>(numbers([3, 2])))).toEqual([3, 4]);
    }
  });

  it("test_basic_flow_as_a_submodel: not built, in TimeDistributed", () => {
    const inner = new Sequential([new Flatten()]);
    expect(inner.built).toBe(false);
    const inputs = Input({ shape: [null, 4] });
    const model = new Functional({ inputs, outputs: new TimeDistributed({ layer: inner }).apply(inputs) });
    expect(shapeOf(model.apply<Tensor>(numbers([2, 3, 4])))).toEqual([2, 3, 4]);
  });

  const conv = () => new Conv2D({ filters: 4, kernel_size: 3, padding: "same" });
  const functional = () => {
    const inputs = Input({ shape: [6, 6, 3] });
    return new Functional({ inputs, outputs: conv().apply(inputs) });
  };
  it.each([
    ["test_basic_flow_with_functional_model_as_first_layer", functional],
    [
      "test_basic_flow_with_sequential_model_as_first_layer",
      () => new Sequential([Input({ shape: [6, 6, 3] }), conv()]),
    ],
  ])("%s: it gives the input shape", (_, first) => {
    const model = new Sequential([first(), new Flatten(), dense(1)]);
    expect(model.layers).toHaveLength(3);
    expect(model.built).toBe(true);
    expect(model.layers.every(({ built }) => built)).toBe(true);
    expect(shapeOf(model.apply<Tensor>(numbers([1, 6, 6, 3])))).toEqual([1, 1]);
    expect(shapeOf(model.apply(symbol(1, 6, 6, 3)))).toEqual([1, 1]);
  });

  it("test_dict_inputs: a dict goes through", () => {
    const model = new Sequential([new Passing()]);
    const y = model.apply<Record<string, Tensor>>({ a: numbers([3, 2]), b: numbers([3, 1]) });
    expect(Object.keys(y)).toEqual(["a", "b"]);
    expect(model.summary()).toContain("Passing");
  });

  it("test_list_inputs: a list goes through", () => {
    const model = new Sequential([new Passing()]);
    expect(model.apply<Tensor[]>([numbers([3, 2]), numbers([3, 1])]).map(shapeOf)).toEqual([
      [3, 2],
      [3, 1],
    ]);
  });

  it("test_nested_sequential: a model of an Input alone inside", () => {
    const inner = new Sequential([Input({ shape: [16] })]);
    expect(new Sequential([inner]).layers).toEqual([inner]);
  });

  it("test_errors: two inputs, one name twice, no layers, another shape", () => {
    const model = new Sequential([Input({ shape: [2], batch_size: 3 })], { name: "seq" });
    for (const input of [
      Input({ shape: [2], batch_size: 3 }),
      new InputLayer({ shape: [2], batch_size: 3 }),
    ]) {
      expect(messageOf(() => model.add(input))).toBe(
        'model "seq": expected one input, received another: it has input shape (3, 2) already.',
      );
    }
    expect(messageOf(() => new Sequential([dense(2, "dense"), dense(2, "dense")], { name: "seq" }))).toBe(
      'model "seq": expected unique names of layers, received "dense" again.',
    );
    expect(messageOf(() => new Sequential([], { name: "seq" }).apply(numbers([3, 2])))).toBe(
      'model "seq": expected layers to build, received none. Call add(layer).',
    );
    model.add(dense(2));
    expect(messageOf(() => model.build([3, 4]))).toBe(
      'model "seq": expected input shape (3, 2), received (3, 4).',
    );
    model.build([3, 2]);
    expect(model.built).toBe(true);
  });

  it("test_serialization: not built, built later, built at once, with a layer of dicts", () => {
    const model = new Sequential([dense(4), dense(5)], { name: "seq" });
    expect(checkSerialization(model).layers).toHaveLength(2);
    model.build([2, 3]);
    const revived = checkSerialization(model);
    expect(revived.layers).toHaveLength(2);
    expect(revived.built).toBe(true);
    const whole = new Sequential([Input({ shape: [2], batch_size: 3 }), dense(4), dense(5), dense(6)]);
    expect(checkSerialization(whole).layers).toHaveLength(3);
    expect(checkSerialization(new Sequential([new Passing()]), { Passing }).layers).toHaveLength(1);
  });

  it("test_functional_properties: inputs, outputs and their shapes", () => {
    const inputs = Input({ shape: [2] });
    const model = new Sequential([inputs, dense(4)]);
    expectIdentical(model.inputs, [inputs]);
    expectIdentical(model.outputs, [model.layers.at(-1)!.output]);
    expect(model.inputShape).toEqual([null, 2]);
    expect(model.outputShape).toEqual([null, 4]);
  });

  it("test_training_arg: training reaches the layers of a model that is not built", () => {
    const model = new Sequential([new Dropout({ rate: 0.999, seed: 1 })]);
    const x = numbers([1, 50], 1);
    expect(model.apply<Tensor>(x, { training: false }).data).toEqual(x.data);
    expect(model.apply<Tensor>(x, { training: true }).data).not.toEqual(x.data);
  });

  it("test_bad_layer: what is no layer", () => {
    const model = new Sequential([], { name: "seq" });
    expect(messageOf(() => model.add({} as never))).toBe('model "seq": expected layers, received {}.');
  });

  it("test_compute_output_shape: without building", () => {
    const model = new Sequential([dense(4), dense(8)]);
    expect(model.computeOutputShape([1, 2])).toEqual([1, 8]);
    expect(model.built).toBe(false);
    expect(model.layers.every(({ built }) => !built)).toBe(true);
    expect(cloneModel(model).built).toBe(false);
  });

  it("test_hasattr: no shapes before it is built", () => {
    const model = new Sequential([dense(1)], { name: "seq" });
    const properties = ["inputShape", "outputShape", "inputs", "outputs"] as const;
    for (const property of properties) {
      expect(messageOf(() => model[property])).toMatch(
        /^model "seq": expected a model with a graph, received a Sequential/,
      );
    }
    model.build([null, 4]);
    for (const property of properties) expect(model[property]).toBeDefined();
  });

  it("test_layers_setter: layers cannot be assigned", () => {
    const model = new Sequential();
    expect(() => {
      (model as unknown as { layers: unknown }).layers = [dense(4)];
    }).toThrow(TypeError);
  });
});
