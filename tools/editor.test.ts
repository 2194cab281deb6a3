import { describe, expect, it } from "vitest";
import { type Shown, showInEditor } from "./editor.ts";

const IMPORTS = `
import { MaxNorm } from "ceratops/constraints";
import { DTypePolicy } from "ceratops/dtype-policies";
import { GlorotUniform } from "ceratops/initializers";
import { Add, Conv2D, Dense, Layer, LSTM, MaxPooling2D, MultiHeadAttention, Softmax } from "ceratops/layers";
import { L2 } from "ceratops/regularizers";
import { cloneModel, Functional, Input, type KerasTensor, Sequential, tensor, type Tensor } from "ceratops";
import { loadModel } from "ceratops/node";

const x = Input({ shape: [1] });
const numbers = tensor([[1]]);
const dense = new Dense({ units: 1 });
const sequential = new Sequential([dense]);
const listed = new Functional({ inputs: x, outputs: [x, x] });
const model = await loadModel("model.keras");
`;

const NAMED = [
  ["new |Dense({ units: 1 });", "new Dense<DenseOptions>(options: DenseOptions): Dense"],
  ["new |MaxPooling2D();", "new MaxPooling2D<MaxPooling2DOptions>(options?: MaxPooling2DOptions"],
  ["new |LSTM({ units: 1 });", "new LSTM(options: LSTMOptions): LSTM"],
  ["new |GlorotUniform();", "(options?: GlorotUniformOptions | undefined): GlorotUniform"],
  ["new |L2();", "(options?: L2Options | undefined): L2"],
  ["new |MaxNorm();", "(options?: MaxNormOptions | undefined): MaxNorm"],
] as const;

const DOCUMENTED = [
  ["new MultiHeadAttention({ |num_heads: 1, key_dim: 1 });", "How many heads attend side by side."],
  ["new LSTM({ units: 1, |return_sequences: true });", "Whether the outputs of all steps are returned"],
  ["new Conv2D({ |kernel_size: 1, filters: 1 });", "Size of the window: one number for all dimensions"],
  ["new Conv2D({ kernel_size: 1, filters: 1, |name: null });", "unique within a model."],
  ["new Dense({ units: 1, |lora_rank: 1 });", "The rank of a low-rank update"],
  ["new Dense({ units: 1 }).|kernel_regularizer;", "The penalty on the kernel"],
  ["new GlorotUniform({ |seed: 1 });", "What makes the values reproducible"],
] as const;

const MISTAKES = [
  [
    "new Dense({ unit: 1 });",
    "Object literal may only specify known properties, but 'unit' does not exist in type 'DenseOptions'. Did you mean to write 'units'?",
  ],
  [
    "new Dense({});",
    "Argument of type '{}' is not assignable to parameter of type 'DenseOptions'.\n  Property 'units' is missing in type '{}' but required in type 'DenseOptions'.",
  ],
  ['new Dense({ units: "1" });', "Type 'string' is not assignable to type 'number'."],
  [
    "new Dense({ units: 1, activation: 1 });",
    "Type 'number' is not assignable to type 'ActivationLike | undefined'.",
  ],
  [
    'new Conv2D({ filters: 1, kernel_size: 1, padding: "causal" });',
    "Type '\"causal\"' is not assignable to type 'PaddingName | undefined'.",
  ],
  [
    "new Softmax({ axes: 1 });",
    "Object literal may only specify known properties, and 'axes' does not exist in type 'SoftmaxOptions'.",
  ],
] as const;

const SUGGESTED = [
  ['new Dense({ units: 1, activation: "|" });', ["relu", "softmax", "swish"]],
  [
    'new Dense({ units: 1, kernel_initializer: "|" });',
    ["glorot_uniform", "zeros", "variance_scaling", "identity", "orthogonal", "uniform"],
  ],
  [
    'new Dense({ units: 1, kernel_regularizer: "|" });',
    ["l1", "l2", "l1l2", "l1_l2", "orthogonal_regularizer"],
  ],
  ['new Dense({ units: 1, kernel_constraint: "|" });', ["max_norm", "min_max_norm", "non_neg", "unit_norm"]],
  ['new Dense({ units: 1, dtype: "|" });', ["float16", "float32", "mixed_bfloat16"]],
  ['new DTypePolicy("|");', ["bfloat16", "mixed_float16"]],
  ['new Conv2D({ filters: 1, kernel_size: 1, padding: "|" });', ["valid", "same"]],
  ['new Conv2D({ filters: 1, kernel_size: 1, data_format: "|" });', ["channels_first", "channels_last"]],
] as const;

const TAKEN = [
  ['new Dense({ units: 1, activation: "my_function" });', []],
  ['new Dense({ units: 1, kernel_initializer: "GlorotUniform" });', []],
  ['new Dense({ units: 1, kernel_regularizer: "mine", kernel_constraint: "mine" });', []],
  ['new Dense({ units: 1, dtype: "int8_from_float32" });', []],
] as const;

const TYPED = [
  ["const y: KerasTensor = dense.apply(x);", []],
  ["const y: Tensor = dense.apply(numbers);", []],
  ["const y: Tensor = new Add().apply([numbers, numbers]);", []],
  [
    "const y: Tensor = dense.apply(x);",
    ["Type 'KerasTensor' is missing the following properties from type 'Tensor'"],
  ],
  [
    "const y: KerasTensor = dense.apply(numbers);",
    ["Type 'Tensor' is missing the following properties from type 'KerasTensor'"],
  ],
  [
    "const y: Tensor = (dense as Layer).apply(x);",
    ["Type 'KerasTensor' is missing the following properties from type 'Tensor'"],
  ],
  ["const y: Tensor = (dense as Layer).apply(numbers);", []],
  ["const [y, h]: readonly KerasTensor[] = new LSTM({ units: 1 }).apply<KerasTensor[]>(x);", []],
  ["const y: Tensor = await sequential.predict([[1]]);", []],
  ["const y: Tensor = await new Functional({ inputs: x, outputs: x }).predict([[1]]);", []],
  ["const y: Tensor = await new Functional({ inputs: x, outputs: [x] }).predict([[1]]);", []],
  ["const [a, b]: readonly [Tensor, Tensor] = await listed.predict([[1]]);", []],
  ["const y: Tensor = await listed.predict([[1]]);", ["not assignable to type 'Tensor'"]],
  ["const y: Tensor = (await new Functional({ inputs: x, outputs: { a: x } }).predict([[1]])).a;", []],
  ["const y: Tensor = (await cloneModel(listed).predict([[1]]))[1];", []],
  [
    "const y: Tensor = await model.predict([[1]]);",
    ["Type 'Nested<Tensor>' is not assignable to type 'Tensor'."],
  ],
  ["const y: Tensor = await model.predict<Tensor>([[1]]);", []],
  ['const units: number = model.getLayer("d", Dense).units;', []],
  ['const layer: Dense = model.getLayer("d");', ["is missing the following properties from type 'Dense'"]],
] as const;

const tables = [NAMED, DOCUMENTED, MISTAKES, SUGGESTED, TAKEN, TYPED];
const programs = tables.flat().map(([code]) => IMPORTS + code);
const shown = new Map(showInEditor(programs).map((editor, i) => [programs[i], editor]));

/** What an editor shows of the program of a row. */
function show(code: string): Shown {
  const editor = shown.get(IMPORTS + code);
  if (editor === undefined) throw new Error(`expected a program of the tables, received ${code}`);
  return editor;
}

describe("hovers name what a class takes", () => {
  it.each(NAMED)("%s", (code, expected) => {
    const { hovers, problems } = show(code);
    expect(problems).toEqual([]);
    expect(hovers[0]?.text).toContain(expected);
  });
});

describe("hovers document an option", () => {
  it.each(DOCUMENTED)("%s", (code, expected) => {
    const { hovers, problems } = show(code);
    expect(problems).toEqual([]);
    expect(hovers[0]?.documentation).toContain(expected);
  });
});

describe("the compiler names what a class takes", () => {
  it.each(MISTAKES)("%s", (code, expected) => {
    const { problems } = show(code);
    expect(problems).toEqual([expected]);
  });
});

describe("editors suggest names", () => {
  it.each(SUGGESTED)("%s", (code, expected) => {
    const { completions } = show(code);
    expect(completions[0]).toEqual(expect.arrayContaining([...expected]));
  });
});

describe("other names are taken", () => {
  it.each(TAKEN)("%s", (code, expected) => {
    const { problems } = show(code);
    expect(problems).toEqual(expected);
  });
});

describe("types follow the arguments and the model", () => {
  it.each(TYPED)("%s", (code, expected) => {
    const { problems } = show(code);
    expect(problems).toEqual(expected.map((text) => expect.stringContaining(text)));
  });
});
