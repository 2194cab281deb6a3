import { describe, expect, it } from "vitest";
import { cloneModel, Functional, Input, type KerasTensor, type Tensor } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Wrapper } from "../../src/layers/core/wrapper.ts";
import { BatchNormalization } from "../../src/layers/normalization/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { checkSerialization, messageOf, numbers, values } from "./common.ts";

class Example extends Wrapper {
  static override readonly className: string = "Example";
  static override readonly module = null as never;
  static override readonly registeredName = "parity>Example" as never;
  override call(x: Operand): Numeric {
    return this.layer.apply<Numeric>(x);
  }
}

describe("layers/core/wrapper_test.py", () => {
  it.each([
    ["a Dense", () => new Example({ layer: new Dense({ units: 2 }) }), [2, 2], 2, 0],
    [
      "a Dense with an activity regularizer",
      () => new Example({ layer: new Dense({ units: 2, activity_regularizer: "l2" }) }),
      [2, 2],
      2,
      0,
    ],
    [
      "an activity regularizer of its own",
      () => new Example({ layer: new Dense({ units: 2 }), activity_regularizer: "l2" }),
      [2, 2],
      2,
      0,
    ],
    ["a BatchNormalization", () => new Example({ layer: new BatchNormalization() }), [2, 3], 2, 2],
  ])("test_wrapper_basics: %s", (_, make, shape, trainable, fixed) => {
    const wrapper = make();
    const x = Input({ batch_shape: [2, 3] });
    const y = wrapper.apply(x) as KerasTensor;
    expect(y.shape).toEqual(shape);
    expect(wrapper.trainableWeights).toHaveLength(trainable);
    expect(wrapper.nonTrainableWeights).toHaveLength(fixed);
    checkSerialization(wrapper, { "parity>Example": Example });
    const model = new Functional({ inputs: x, outputs: y });
    const copy = cloneModel(model, { weights: "copy" });
    expect(values(copy.apply<Tensor>(numbers([2, 3])))).toEqual(values(model.apply<Tensor>(numbers([2, 3]))));
  });

  it("test_wrapper_invalid_layer: what is no layer", () => {
    expect(messageOf(() => new Wrapper({ layer: "This is not a layer." as never }))).toBe(
      'Wrapper.layer: expected a layer, received "This is not a layer.".',
    );
  });
});
