import { describe, expect, it } from "vitest";
import { Functional, Input, KerasTensor, Sequential, type Tensor } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { add, multiply, power } from "../../src/ops/index.ts";
import { checkSerialization, messageOf, numbers, values } from "./common.ts";

const symbol = () => Input({ batch_shape: [2, 3] });
const filled = (value: number) => [1, 2].map(() => [value, value, value]);

/** Keras's Function is a graph without weights; here a Functional is one as well. */
function twoByTwo(structure: "list" | "dict"): Functional {
  const [x1, x2] = [symbol(), symbol()];
  const x = add(x1, x2);
  const [y1, y2] = [multiply(x, 3), power(x, 2)];
  return structure === "list"
    ? new Functional({ inputs: [x1, x2], outputs: [y1, y2], name: "my_function" })
    : new Functional({ inputs: { x1, x2 }, outputs: { y1, y2 }, name: "my_function" });
}

describe("ops/function_test.py", () => {
  it("test_define_and_call: values, symbols, and a graph made of its outputs", () => {
    const fn = twoByTwo("list");
    expect(fn.name).toBe("my_function");
    const ones = [numbers([2, 3], 1), numbers([2, 3], 1)];
    expect(values(fn.apply(ones))).toEqual([filled(6), filled(4)]);
    const inputs = [symbol(), symbol()];
    const outputs = fn.apply<KerasTensor[]>(inputs);
    expect(outputs.every((output) => output instanceof KerasTensor)).toBe(true);
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect(values(new Functional({ inputs, outputs }).apply(ones))).toEqual([filled(6), filled(4)]);
  });

  it("test_dynamic_shape_inference: unknown dimensions", () => {
    const x = Input({ batch_shape: [null, 3] });
    const fn = new Functional({ inputs: x, outputs: power(x, 2) });
    expect(fn.computeOutputShape([4, 3])).toEqual([4, 3]);
    expect(fn.computeOutputShape([null, 3])).toEqual([null, 3]);
    expect(fn.apply(Input({ batch_shape: [4, 3] })).shape).toEqual([4, 3]);
  });

  it("test_dict_io: dicts in, dicts out", () => {
    const fn = twoByTwo("dict");
    const out = fn.apply<Record<string, Tensor>>({ x1: numbers([2, 3], 1), x2: numbers([2, 3], 1) });
    expect(Object.keys(out)).toEqual(["y1", "y2"]);
    expect(values(out)).toEqual([filled(6), filled(4)]);
    const symbols = fn.apply<Record<string, KerasTensor>>({ x1: symbol(), x2: symbol() });
    expect([symbols.y1!.shape, symbols.y2!.shape]).toEqual([
      [2, 3],
      [2, 3],
    ]);
  });

  it("test_invalid_inputs_error: another structure, rank or shape", () => {
    const fn = twoByTwo("list");
    expect(messageOf(() => fn.apply(numbers([2, 3])))).toBe(
      'model "my_function": expected inputs of the structure [*, *], received *.',
    );
    for (const shape of [
      [2, 3, 3],
      [2, 4],
    ]) {
      expect(messageOf(() => fn.apply([numbers(shape), numbers([2, 3])]))).toMatch(
        /^model "my_function": expected shape \(2, 3\) for input "input_layer.*", received \(/,
      );
    }
    // A Function looks at the batch too, a Functional does not: its input_spec leaves it open.
    expect(messageOf(() => fn.apply([numbers([4, 3]), numbers([2, 3])]))).toBe(
      'model "my_function": add: cannot broadcast (4, 3) with (2, 3).',
    );
  });

  it("test_graph_disconnected_error: an output of another input", () => {
    const [x1, x2] = [symbol(), symbol()];
    expect(() => new Functional({ inputs: x1, outputs: add(x1, x2) })).toThrow(/depend on the inputs only/);
  });

  it("test_serialization: the same config after fromConfig", () => {
    const inputs = Input({ shape: [10] });
    checkSerialization(new Functional({ inputs, outputs: new Dense({ units: 1 }).apply(inputs) }));
  });

  it("test_function_with_empty_outputs, test_function_with_empty_inputs: at least one of each", () => {
    const x = symbol();
    expect(messageOf(() => new Functional({ inputs: x, outputs: [], name: "f" }))).toBe(
      'model "f": expected at least one tensor in outputs, received [].',
    );
    expect(messageOf(() => new Functional({ inputs: [], outputs: x, name: "f" }))).toBe(
      'model "f": expected at least one tensor in inputs, received [].',
    );
  });

  it("test_function_with_unconnected_inputs: outputs that other inputs lead to", () => {
    const one = new Sequential([Input({ shape: [6] }), new Dense({ units: 3 })]);
    const two = new Sequential([Input({ shape: [3] }), new Dense({ units: 2 })]);
    const six = () => Input({ shape: [6] });
    const onOthers: [KerasTensor, KerasTensor][] = [
      [six(), two.apply(one.apply(six()))],
      [one.apply(six()), two.apply(Input({ shape: [3] }))],
    ];
    for (const [inputs, outputs] of onOthers) {
      expect(messageOf(() => new Functional({ inputs, outputs, name: "f" }))).toMatch(
        /^model "f": expected outputs that depend on the inputs only, received <KerasTensor /,
      );
    }
  });

  it("test_function_with_intermediate_tensor_input: what makes the input is left out", () => {
    const x = Input({ batch_shape: [], name: "x" });
    const y = power(x, 2);
    const fn = new Functional({ inputs: y, outputs: add(y, 1) });
    expect(fn.operations.map((operation) => operation.constructor.className)).toEqual(["InputLayer", "Add"]);
    expect(values(fn.apply(numbers([], 3)))).toEqual([4]);
  });

  it("test_function_with_intermediate_tensor_input_chain: of a longer chain too", () => {
    const x = Input({ batch_shape: [null, 3] });
    const b = add(multiply(x, 2), 1);
    const fn = new Functional({ inputs: b, outputs: power(b, 2) });
    expect(fn.operations.map((operation) => operation.constructor.className)).toEqual([
      "InputLayer",
      "Power",
    ]);
    expect(values(fn.apply(numbers([2, 3], 3)))).toEqual([filled(9)]);
  });
});
