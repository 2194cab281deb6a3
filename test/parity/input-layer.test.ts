import { describe, expect, it } from "vitest";
import { Input, KerasTensor } from "../../src/index.ts";
import { InputLayer } from "../../src/layers/core/input-layer.ts";
import { checkSerialization, messageOf, numbers } from "./common.ts";

describe("layers/core/input_layer_test.py", () => {
  it.each([{}, { sparse: true }, { ragged: true }])("test_input_basic: %j", (kind) => {
    const input = new InputLayer({ shape: [2, 3], batch_size: 4, dtype: "float32", ...kind });
    expect(input.dtype).toBe("float32");
    expect(input.batch_shape).toEqual([4, 2, 3]);
    expect([input.sparse, input.ragged]).toEqual(["sparse" in kind, "ragged" in kind]);
    expect(input.trainable).toBe(true);
    expect(input.output).toBeInstanceOf(KerasTensor);
    expect([input.output.rank, input.output.dtype]).toEqual([3, "float32"]);
    if (!("ragged" in kind)) checkSerialization(input);
  });

  it("test_input_error1: shape and batch_shape", () => {
    expect(messageOf(() => new InputLayer({ shape: [2, 3], batch_shape: [2, 3] }))).toBe(
      "Input: expected either batch_shape or shape, received both.",
    );
  });

  it("test_input_error2: batch_size and batch_shape", () => {
    expect(messageOf(() => new InputLayer({ batch_size: 4, batch_shape: [2, 3] }))).toBe(
      "Input: expected either batch_shape or batch_size, received both.",
    );
  });

  it("test_input_error3: no shape", () => {
    expect(messageOf(() => new InputLayer({}))).toBe("Input: expected a shape, received nothing.");
  });

  it("test_input_tensor_error: there is no input_tensor here", () => {
    expect(messageOf(() => Input({ shape: [2, 3], input_tensor: numbers([2, 3]) } as never))).toMatch(
      /unknown key "input_tensor"/,
    );
  });

  it("test_call_method: an InputLayer is not called", () => {
    const input = new InputLayer({ shape: [2], name: "x" });
    expect(messageOf(() => input.apply(numbers([1, 2])))).toBe(
      'layer "x": expected nothing to call it, received a call: an InputLayer only stands for an input.',
    );
  });
});
