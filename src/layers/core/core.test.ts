import { describe, expect, it } from "vitest";
import { builtins } from "../../builtins.ts";
import { useReference } from "../../engines/reference/index.ts";
import { maskOf } from "../../graph/mask.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { greater } from "../../ops/comparison.ts";
import { Builder } from "../../program/builder.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { deserialize } from "../../registry/deserialize.ts";
import { fromNumbers, toNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Dense, EinsumDense, Embedding, Input, Lambda } from "./index.ts";

useReference();

describe("EinsumDense", () => {
  it.each([
    ["abc", "abc"],
    ["a...,bc->ac...", "a...,bc->ac..."],
    ["ab,bc->ac->d", "ab,bc->ac->d"],
  ])("refuses the equation %s", (equation) => {
    expect(() => new EinsumDense({ equation, output_shape: 4 })).toThrow(
      `EinsumDense.equation: expected "[X],[Y]->[Z]", "...[X],[Y]->...[Z]" or "[X]...,[Y]->[Z]...", received "${equation}".`,
    );
  });

  const problems: readonly [equation: string, bias: string | null, shape: number[], message: string][] = [
    ["abc,cd->abd", null, [4, 7], 'expected equal sizes of axis "b" of input and output, received 4 and 5.'],
    [
      "abc,cd->abe",
      null,
      [5, 7],
      'expected axis "e" of the output in the input or the kernel, received neither.',
    ],
    ["abc,cd->abd", "c", [5, 7], 'expected bias axes of the output, received "c".'],
  ];

  it.each(problems)("says what does not fit: %s", (equation, bias_axes, shape, message) => {
    const layer = new EinsumDense({ equation, output_shape: [5, 6], bias_axes, name: "e" });
    expect(() => layer.apply(Input({ shape }))).toThrow(`layer "e": ${message}`);
  });

  it("wants to know the sizes that kernels have", () => {
    const layer = new EinsumDense({ equation: "abc,cd->abd", output_shape: [null, 6], name: "e" });
    expect(() => layer.apply(Input({ shape: [5, null] }))).toThrow(
      'layer "e": expected axis "c" of the kernel to have a known size, received input shape (None, 5, None).',
    );
  });
});

describe("a low-rank update", () => {
  it("is all that is trained, and scales with lora_alpha", () => {
    const layer = new Dense({ units: 2, use_bias: false, lora_rank: 1, lora_alpha: 3 });
    layer.apply(Input({ shape: [2] }));
    expect(layer.trainableWeights.map(({ name }) => name)).toEqual(["lora_kernel_a", "lora_kernel_b"]);
    layer.setWeights([
      fromNumbers("float32", [2, 2], [1, 0, 0, 1]),
      fromNumbers("float32", [2, 1], [1, 2]),
      fromNumbers("float32", [1, 2], [5, 7]),
    ]);
    const y = layer.apply<Tensor>(fromNumbers("float32", [1, 2], [1, 1]));
    expect([...toNumbers(y)]).toEqual([1 + 3 * 15, 1 + 3 * 21]);
  });
});

describe("Embedding", () => {
  it("needs its sizes", () => {
    expect(() => new Embedding({} as never)).toThrow(
      "Embedding.input_dim: expected a positive integer, received nothing.\n" +
        "Embedding.output_dim: expected a positive integer, received nothing.",
    );
  });
});

/** A layer as Python writes one with a lambda. */
const pythonLambda = {
  module: "keras.layers",
  class_name: "Lambda",
  config: {
    name: "lambda_3",
    trainable: true,
    dtype: "float32",
    function: { class_name: "__lambda__", config: { code: "4wEAAAAA\n", defaults: null, closure: null } },
    output_shape: [2],
    arguments: { shift: 1 },
  },
  registered_name: null,
};

function shifted(x: Operand, { shift }: { readonly shift: number }): Numeric {
  return add(multiply(x, 2), shift);
}

describe("Lambda", () => {
  const x = fromNumbers("float32", [1, 2], [1, 2]);

  it("keeps Python's code and does not run it", () => {
    const layer = deserialize(pythonLambda, { registry: builtins }) as Lambda;
    expect(layer.getConfig().function).toEqual(pythonLambda.config.function);
    expect(layer.apply(Input({ shape: [3] })).shape).toEqual([null, 2]);
    const message =
      'layer "lambda_3": expected a function of JavaScript, received one of Python. ' +
      'Pass customObjects: { "Lambda>lambda_3": (x) => … } when the config is read.';
    expect(() => layer.apply(x)).toThrow(message);
    expect(() => layer.apply(new Builder().input({ shape: [null, 2], dtype: "float32" }))).toThrow(message);
  });

  it.each([[[{ a: 2 }]], [[[2], [3]]], [[-1]], [["x"]], [[1.5]]])(
    "has no output of shape %j",
    (output_shape) => {
      const config = { ...pythonLambda.config, output_shape };
      const layer = deserialize({ ...pythonLambda, config }, { registry: builtins }) as Lambda;
      expect(() => layer.apply(Input({ shape: [3] }))).toThrow(
        /^layer "lambda_3": expected output_shape to be a shape such as \[3\], received \[/,
      );
    },
  );

  it("runs what customObjects has for it, and keeps Python's code", () => {
    const customObjects = { "Lambda>lambda_3": shifted };
    const layer = deserialize(pythonLambda, { registry: builtins, customObjects }) as Lambda;
    expect([...toNumbers(layer.apply<Tensor>(x))]).toEqual([3, 5]);
    expect(layer.getConfig().function).toEqual(pythonLambda.config.function);
    const clone = Lambda.fromConfig(layer.getConfig());
    expect([...toNumbers(clone.apply<Tensor>(x))]).toEqual([3, 5]);
    expect(clone.getConfig().function).toEqual(pythonLambda.config.function);
  });

  it("is known by its function's name", () => {
    const layer = new Lambda({ function: shifted, arguments: { shift: 3 } });
    expect([...toNumbers(layer.apply<Tensor>(x))]).toEqual([5, 7]);
    expect(layer.getConfig()).toMatchObject({
      function: { class_name: "function", config: "shifted" },
      arguments: { shift: 3 },
    });
    const again = Lambda.fromConfig(layer.getConfig());
    expect([...toNumbers(again.apply<Tensor>(x))]).toEqual([5, 7]);
  });

  it("is read by the name of its function", () => {
    const config = { function: { class_name: "function", config: "shifted" }, arguments: { shift: 1 } };
    const layer = Lambda.fromConfig(config, { customObjects: { shifted } });
    expect([...toNumbers(layer.apply<Tensor>(x))]).toEqual([3, 5]);
    expect(() => Lambda.fromConfig(config)).toThrow(
      'config.function.config: unknown function "shifted". Pass it in customObjects if it is yours, or onUnknown to keep it as it is.',
    );
  });

  it("reads the function that gives its mask", () => {
    const isPositive = (inputs: Operand): Numeric => greater(inputs, 0);
    const written = new Lambda({ function: shifted, mask: isPositive, arguments: { shift: 1 } }).getConfig();
    const layer = Lambda.fromConfig(JSON.parse(JSON.stringify(written)), {
      customObjects: { shifted, isPositive },
    });
    const mask = maskOf(layer.apply<Tensor>(fromNumbers("float32", [1, 2], [-1, 2]))) as Tensor;
    expect([...mask.data]).toEqual([0, 1]);
  });

  it("refuses what is no function", () => {
    expect(() => new Lambda({ function: 3 as never })).toThrow(
      "Lambda.function: expected a function, received 3.",
    );
  });
});
