import { describe, expect, it } from "vitest";
import { aTensor, maskFor, takes } from "../../src/graph/signature.ts";
import { Functional, Input, type KerasTensor, Model, Sequential } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Masking } from "../../src/layers/core/masking.ts";
import { layer } from "../../src/layers/define.ts";
import { Add } from "../../src/layers/merging/index.ts";
import { BatchNormalization } from "../../src/layers/normalization/index.ts";
import { GRU, LSTM } from "../../src/layers/recurrent/index.ts";
import { Dropout } from "../../src/layers/regularization/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { cloneModel } from "../../src/tf-keras/index.ts";
import { expectIdentical, messageOf, numbers, values } from "./common.ts";

/** The same values once a clone has the weights of its original. */
function expectSame(model: Model, copy: Model, ...shapes: number[][]): void {
  const given = shapes.map((shape) => numbers(shape));
  const x = given.length === 1 ? given[0]! : given;
  model.apply(x);
  copy.apply(x);
  expect(copy.weights.some((weight) => model.weights.includes(weight))).toBe(false);
  copy.setWeights(model.getWeights());
  expect(values(copy.apply(x))).toEqual(values(model.apply(x)));
}

function stack(hasInput: boolean): Sequential {
  const layers = [
    new Dense({ units: 4 }),
    new BatchNormalization(),
    new Dropout({ rate: 0.5 }),
    new Dense({ units: 4 }),
  ];
  return new Sequential(hasInput ? [Input({ shape: [4], name: "x" }), ...layers] : layers);
}

describe("2.9 models/cloning_test.py", () => {
  it.each([true, false])("test_clone_sequential_model: with an Input %s", (hasInput) => {
    const model = stack(hasInput);
    expectSame(model, cloneModel(model), [3, 4]);
    const given = Input({ shape: [4] });
    const onGiven = cloneModel(model, given);
    expectIdentical(onGiven.inputs, [given]);
    expectSame(model, onGiven, [3, 4]);
    const shared = cloneModel(model, null, (layer) => layer);
    expectIdentical(shared.layers, model.layers);
    expectIdentical(shared.weights, model.weights);
  });

  it("test_clone_functional_model: two inputs, on new inputs and on given ones", () => {
    const [a, b] = [Input({ shape: [4] }), Input({ shape: [4] })];
    const dense = new Dense({ units: 4 });
    const [x, y] = [dense.apply(a), dense.apply(b)];
    const dropped = new Dropout({ rate: 0.5 }).apply(x);
    const outputs = new Add().apply([new BatchNormalization().apply(dropped), y]);
    const model = new Functional({ inputs: [a, b], outputs });
    expectSame(model, cloneModel(model), [3, 4], [3, 4]);
    const given = [Input({ shape: [4], name: "a" }), Input({ shape: [4], name: "b" })];
    const copy = cloneModel(model, given);
    expectIdentical(copy.inputs, given);
    expectSame(model, copy, [3, 4], [3, 4]);
    expectIdentical(cloneModel(model, null, (layer) => layer).weights, model.weights);
  });

  it("test_clone_functional_with_masking: masks reach the layers of the clone", () => {
    class UsesMask extends layer(
      "UsesMask",
      {},
      { package: "parity", call: takes("inputs", { inputs: aTensor(), mask: maskFor("inputs") }) },
    ) {
      static override readonly supportsMasking = true;
      override call(x: Operand, { mask }: { mask: Operand | null }): Numeric {
        if (!mask) throw new Error("no mask");
        return ops.multiply(x, ops.cast(ops.expandDims(mask, { axis: -1 }), { dtype: "float32" })) as Numeric;
      }
    }
    const x = Input({ shape: [1, 1] });
    const model = new Functional({ inputs: x, outputs: new UsesMask().apply(new Masking().apply(x)) });
    const copy = cloneModel(model);
    expect(values(copy.apply(numbers([2, 1, 1], 3)))).toEqual([[[[3]], [[3]]]]);
    expectSame(model, copy, [2, 1, 1]);
  });

  it("test_clone_rnn: recurrent layers", () => {
    for (const Recurrent of [GRU, LSTM]) {
      const x = Input({ shape: [null, 3] });
      const model = new Functional({ inputs: x, outputs: new Recurrent({ units: 4 }).apply(x) });
      expectSame(model, cloneModel(model), [2, 5, 3]);
    }
  });

  it("test_model_cloning_invalid_use_cases: subclassed models, two tensors, a tensor of a layer", () => {
    class Own extends Model {}
    const model = stack(true);
    const x = Input({ shape: [4] });
    expect(messageOf(() => cloneModel(new Own()))).toMatch(/received the subclassed Own/);
    expect(messageOf(() => cloneModel(model, [x, x]))).toMatch(/expected one tensor/);
    const inner = new Dense({ units: 4 }).apply(x) as KerasTensor;
    expect(messageOf(() => cloneModel(model, inner))).toMatch(/expected a tensor that Input\(…\) made/);
  });

  it("test_functional_cloning_with_tensor_kwarg: a tensor given by name", () => {
    class Joins extends layer(
      "Joins",
      {},
      { package: "parity", call: takes("inputs", { inputs: aTensor(), tensor: aTensor() }) },
    ) {
      override call(x: Operand, { tensor }: { tensor: Operand }): Numeric {
        return ops.concatenate([x, tensor], { axis: -1 }) as Numeric;
      }
    }
    const [x, t] = [Input({ shape: [3] }), Input({ shape: [2] })];
    const model = new Functional({ inputs: [x, t], outputs: new Joins().apply(x, { tensor: t }) });
    const copy = cloneModel(model);
    expect(copy.outputShape).toEqual([null, 5]);
    expectSame(model, copy, [2, 3], [2, 2]);
  });
});
