import { describe, expect, it } from "vitest";
import { reference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { ModelError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { maskOf, setMask } from "../graph/mask.ts";
import type { Nested } from "../graph/nested.ts";
import { mapNested } from "../graph/nested.ts";
import { Concatenate, Dense, Flatten, Input, SimpleRNN, TextVectorization } from "../layers/index.ts";
import { expandDims } from "../ops/index.ts";
import { full, type NestedArray, toNested } from "../tensor/create.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Functional } from "./functional.ts";
import type { Model } from "./model.ts";
import type { PredictInput } from "./predict-inputs.ts";
import { Sequential } from "./sequential.ts";

const numbers = (values: NestedArray) => tensor(values, { dtype: "float32" });
const ones = (...shape: readonly number[]) =>
  tensor(new Float32Array(shape.reduce((a, b) => a * b)).fill(1), { shape });
/** Gives the sum of each row. */
const sum = (x: KerasTensor) => new Dense({ units: 1, kernel_initializer: "ones" }).apply(x);

const input = (width: number, name: string) => Input({ shape: [width], name });
const [q, w, a, b] = [input(1, "q"), input(5, "w"), input(2, "a"), input(2, "b")];
const absent = Input({ shape: [2], name: "absent", optional: true });
const fixed = Input({ batch_shape: [2, 5] });
const both = new Concatenate().apply([a, b]);
const A = numbers([[1, 1]]);
const B = numbers([[2, 2]]);

const model = (inputs: Nested<KerasTensor>, outputs: Nested<KerasTensor>) =>
  new Functional({ inputs, outputs, name: "m" });
const narrow = model(q, sum(q));
const wide = model(w, sum(w));
const listed = model([w], [sum(w)]);
const pair = model([a, b], both);
const named = model({ x: b, y: a }, both);

/** What Keras 3.6 and 3.15 give, from a call as from `predict`. */
const cases: readonly (readonly [string, Model, PredictInput, unknown])[] = [
  ["one input in a list", narrow, [numbers([[1], [2], [3]])], [[1], [2], [3]]],
  ["a last dimension of 1 that is missing", narrow, numbers([1, 2, 3]), [[1], [2], [3]]],
  ["a last dimension of 1 too much", wide, ones(3, 5, 1), [[5], [5], [5]]],
  ["a tensor for a model made with a list of one", listed, ones(2, 5), [[5], [5]]],
  ["a list for it", listed, [ones(2, 5)], [[5], [5]]],
  ["one input by its name", wide, { w: ones(2, 5) }, [[5], [5]]],
  ["a dict for a list, with a name too many", pair, { b: B, a: A, c: A }, [[1, 1, 2, 2]]],
  ["a list for a dict, in the order of its keys", named, [A, B], [[2, 2, 1, 1]]],
  ["another batch than the one it was made for", model(fixed, sum(fixed)), ones(3, 5), [[5], [5], [5]]],
  ["another dtype", wide, tensor([[1, 2, 3, 4, 5]]), [[15]]],
  [
    "null for an optional input",
    model([a, absent], new Dense({ units: 1, kernel_initializer: "ones" }).apply(a)),
    [A, null],
    [[2]],
  ],
  ["one output, made with a list", listed, ones(1, 5), [[5]]],
  ["one output, made with a dict", model(w, { y: sum(w) }), ones(1, 5), { y: [[5]] }],
  ["two outputs", model(w, [sum(w), w]), ones(1, 5), [[[5]], [[1, 1, 1, 1, 1]]]],
];

/** Tensors as nested arrays, in their structure. */
function plain(outputs: Nested<Tensor>): unknown {
  return mapNested(outputs, (output) => toNested(output));
}

describe("a call and predict read alike", () => {
  it.each(cases)("%s", async (_, made, x, expected) => {
    expect(plain(made.apply(x as Tensor) as Nested<Tensor>)).toEqual(expected);
    expect(plain(await made.predict<Nested<Tensor>>(x, { engine: reference }))).toEqual(expected);
    expect(plain(await made.predict<Nested<Tensor>>(x))).toEqual(expected);
  });

  it.each<readonly [string, Model, Nested<Tensor>, string]>([
    ["too many inputs", wide, [A, B], 'model "m": expected inputs of the structure *, received [*, *].'],
    ["too few", pair, A, 'model "m": expected inputs of the structure [*, *], received *.'],
    ["another name", pair, { a: A }, 'model "m": expected inputs ["a", "b"], received ["a"]; missing: "b".'],
    [
      "one sample alone",
      wide,
      tensor([1, 2, 3, 4, 5]),
      'model "m": expected shape (None, 5) for input "w", received (5,). Wrap it in a list: a batch of one sample is [x], of a tensor expandDims(x, { axis: 0 }).',
    ],
    ["another width", wide, A, 'model "m": expected shape (None, 5) for input "w", received (1, 2).'],
    [
      "another rank",
      narrow,
      ones(1, 1, 1, 1),
      'model "m": expected shape (None, 1) for input "q", received (1, 1, 1, 1).',
    ],
    ["null", pair, [A, null as never], 'model "m": expected a tensor for input "b", received null.'],
  ])("what is wrong: %s", async (_, made, x, message) => {
    expect(() => made.apply(x as Tensor)).toThrow(message);
    await expect(made.predict(x as Tensor)).rejects.toThrow(message);
  });
});

describe("a call on what is no tensor", () => {
  it.each<readonly [unknown, string]>([
    [5, 'expected a tensor for input "w", received 5.'],
    ["hello", 'expected inputs to be tensors, received "hello".'],
    [new Date(0), "expected inputs to be tensors, received Date."],
    [[5], 'expected a tensor for input "w", received 5.'],
    [
      [[1, 2, 3, 4, 5]],
      "expected inputs to be tensors, received [[1, 2, 3, 4, 5]]. tensor(x) makes one of nested arrays.",
    ],
    [{ w: true }, 'expected a tensor for input "w", received true.'],
  ])("%j", (argument, message) => {
    expect(() => wide.apply(argument as never)).toThrow(new ModelError('model "m"', message));
    const stack = new Sequential([Input({ shape: [5], name: "w" }), new Dense({ units: 1 })], { name: "s" });
    expect(() => stack.apply(argument as never)).toThrow(new ModelError('model "s"', message));
  });
});

describe("a mask", () => {
  const sequence = Input({ shape: [3, 1] });
  const recurrent = model(sequence, new SimpleRNN({ units: 1, kernel_initializer: "ones" }).apply(sequence));
  const mask = () => tensor([[true, false, false]]);
  const last = (x: Tensor, ...rest: object[]) => recurrent.apply<Tensor>(x, ...(rest as never[])).data[0];

  it("given to a call is of that call alone", () => {
    const x = ones(1, 3, 1);
    const [all, first] = [last(x), last(x, { mask: mask() })];
    expect(first).not.toBe(all);
    expect([maskOf(x), last(x)]).toEqual([null, all]);
  });

  it("given to a call goes before that of the tensor, which keeps its own", () => {
    const x = ones(1, 3, 1);
    const own = tensor([[true, true, false]]);
    setMask(x, own);
    const both = last(x);
    expect(last(x, { mask: mask() })).toBe(last(ones(1, 3, 1), { mask: mask() }));
    expect([maskOf(x), last(x)]).toEqual([own, both]);
  });

  it("of a tensor of the graph stays there", () => {
    const x = Input({ shape: [3, 1] });
    const given = Input({ shape: [3], dtype: "bool" });
    recurrent.apply(x, { mask: given });
    expect(maskOf(x.value)).toBeNull();
  });
});

describe("predict tells arrays of numbers from lists of inputs", () => {
  const row = [1, 2, 3, 4, 5];
  it.each<readonly [string, Model, PredictInput, unknown]>([
    ["rows", wide, [row, row], [[15], [15]]],
    ["rows in a list of one", wide, [[row, row]], [[15], [15]]],
    ["rows of numbers that stand alone", wide, [row.map((n) => [n])], [[15]]],
    ["rows for a model made with a list", listed, [row], [[15]]],
    ["its list", listed, [[row, row]], [[15], [15]]],
    ["columns", narrow, [[1], [2]], [[1], [2]]],
    ["columns in a list", narrow, [[[1], [2]]], [[1], [2]]],
    ["no dimension of 1", narrow, [1, 2], [[1], [2]]],
    ["typed rows", wide, [Float32Array.from(row)], [[15]]],
    ["one array for each input", pair, [[[1, 1]], [[2, 2]]], [[1, 1, 2, 2]]],
    ["arrays by name", pair, { b: [[2, 2]], a: [[1, 1]] }, [[1, 1, 2, 2]]],
    ["an array beside a tensor", pair, [[[1, 1]], B], [[1, 1, 2, 2]]],
    ["a list for a dict", named, [[[1, 1]], [[2, 2]]], [[2, 2, 1, 1]]],
  ])("%s", async (_, made, x, expected) => {
    expect(plain(await made.predict<Nested<Tensor>>(x, { engine: reference }))).toEqual(expected);
  });

  it("and reads them in the input's dtype", async () => {
    const x = Input({ shape: [1], dtype: "float64" });
    expect(plain(await model(x, x).predict([[0.1]], { engine: reference }))).toEqual([[0.1]]);
  });

  it("and says what is wrong with the numbers of samples", async () => {
    const predicted = pair.predict([A, full([2, 2], 1, "float32")]);
    await expect(predicted).rejects.toThrow(
      "predict: expected as many samples in every input, received 1, 2.",
    );
  });
});

describe("one output in a list", () => {
  it("is a list on KerasTensors alone", () => {
    const symbolic = listed.apply<KerasTensor[]>(Input({ shape: [5] }));
    expect(symbolic.map(({ shape }) => shape)).toEqual([[null, 1]]);
    expect(listed.computeOutputShape([null, 5])).toEqual([[null, 1]]);
    expect(model(w, listed.apply(w)).apply<Tensor>(ones(1, 5))).toMatchObject({ shape: [1, 1] });
  });
});

describe("computeOutputShape", () => {
  const texts = Input({ shape: [1], dtype: "string", name: "texts" });
  const words = new TextVectorization({ vocabulary: ["a"], output_sequence_length: 3 }).apply(texts);
  it.each<[string, Nested<KerasTensor>, Nested<number | null>]>([
    ["one", texts, [null, 1]],
    ["a list", [texts], [[null, 1]]],
    ["a dict", { texts }, { texts: [null, 1] }],
  ])("takes texts where the model does: %s", (_, inputs, shape) => {
    expect(new Functional({ inputs, outputs: words }).computeOutputShape(shape)).toEqual([null, 3]);
  });
});

// Made by Keras 3.6.0 and 3.15.1 on JAX, with weights of NumPy's default_rng(0).
describe("values of Keras", () => {
  const weighted = <M extends Model>(
    made: M,
    weights: readonly (readonly [StaticShape, readonly number[]])[],
  ): M => {
    made.setWeights(
      weights.map(([shape, values]) => new Tensor("float32", shape, Float32Array.from(values))),
    );
    return made;
  };
  const expectBoth = async (made: Model, x: Tensor, y: NestedArray) => {
    const expected = [...numbers(y).data].map((value) => expect.closeTo(Number(value), 6));
    expect([...made.apply<Tensor>(x).data]).toEqual(expected);
    expect([...(await made.predict<Tensor>(x)).data]).toEqual(expected);
  };
  const kernel = [
    0.05029208958148956, -0.052841946482658386, 0.25616905093193054, 0.04196004569530487,
    -0.21426774561405182, 0.14463801681995392, 0.5216000080108643, 0.3788323998451233, -0.2814940810203552,
    -0.5061686038970947, -0.24930977821350098, 0.016530390828847885, -0.9300122857093811, -0.0875166654586792,
    -0.4983643889427185, -0.2929069399833679, -0.21770359575748444, -0.1265200674533844, 0.16465221345424652,
    0.41700536012649536, -0.05141386389732361, 0.5465853810310364, -0.2660778760910034, 0.14060403406620026,
    0.36138808727264404, 0.037604920566082,
  ];

  it("for inputs without their last dimension of 1", async () => {
    const made = model(q, new Dense({ units: 2 }).apply(q));
    weighted(made, [
      [[1, 2], kernel.slice(0, 2)],
      [[2], kernel.slice(2, 4)],
    ]);
    const y = [
      [0.2735491991043091, 0.023698704317212105],
      [0.2974899411201477, -0.0014558546245098114],
      [0.2727874219417572, 0.024499107152223587],
    ];
    const x = [0.3455841839313507, 0.8216181397438049, 0.3304370641708374];
    await expectBoth(made, numbers(x.map((value) => [value])), y);
    await expectBoth(made, numbers(x), y);
    await expectBoth(made, numbers(x.map((value) => [[value]])), y);
  });

  it("for one output in a list", async () => {
    const x = Input({ shape: [4] });
    const made = model([x], [new Dense({ units: 2 }).apply(x)]);
    weighted(made, [
      [[4, 2], kernel.slice(0, 8)],
      [[2], kernel.slice(8, 10)],
    ]);
    const rows = [
      [0.3455841839313507, 0.8216181397438049, 0.3304370641708374, -1.3031572103500366],
      [0.9053558707237244, 0.4463745653629303, -0.5369532108306885, 0.581118106842041],
    ];
    await expectBoth(made, numbers(rows), [
      [-0.8041695952415466, -0.9358391761779785],
      [0.2965484857559204, -0.39279696345329285],
    ]);
  });

  it("for another batch than that of the first call", async () => {
    const made = new Sequential([new Dense({ units: 3 }), new Dense({ units: 2 })]);
    made.apply(ones(4, 5));
    weighted(made, [
      [[5, 3], kernel.slice(0, 15)],
      [[3], kernel.slice(15, 18)],
      [[3, 2], kernel.slice(18, 24)],
      [[2], kernel.slice(24, 26)],
    ]);
    const rows = [
      [0.3455841839313507, 0.8216181397438049, 0.3304370641708374, -1.3031572103500366, 0.9053558707237244],
      [0.4463745653629303, -0.5369532108306885, 0.581118106842041, 0.3645724058151245, 0.2941325008869171],
      [
        0.028422242030501366, 0.5467129945755005, -0.7364540696144104, -0.16290995478630066,
        -0.4821193218231201,
      ],
      [
        0.5988461971282959, 0.03972210735082626, -0.2924567461013794, -0.7819084525108337,
        -0.2571922540664673,
      ],
      [
        0.008142180740833282, -0.27560290694236755, 1.2940638065338135, 1.0067243576049805,
        -2.711162567138672,
      ],
    ];
    await expectBoth(made, numbers(rows), [
      [0.4511895179748535, -0.15777865052223206],
      [0.39362746477127075, -0.2170126736164093],
      [0.2610197067260742, -0.2473699450492859],
      [0.3443470597267151, 0.07961011677980423],
      [0.5140968561172485, 1.322735071182251],
    ]);
  });
});

describe("one sample without a batch", () => {
  const image = new Sequential([Input({ shape: [4, 4, 1], name: "image" }), new Flatten()], { name: "m" });
  const numbers = Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => [1]));
  const sample = tensor(numbers);

  it("says what makes a batch of it", async () => {
    const message =
      'model "m": expected shape (None, 4, 4, 1) for input "image", received (4, 4, 1). Wrap it in a list: a batch of one sample is [x], of a tensor expandDims(x, { axis: 0 }).';
    for (const x of [numbers, sample, [sample], { image: sample }])
      await expect(image.predict(x)).rejects.toThrow(message);
    for (const x of [sample, [sample], { image: sample }]) expect(() => image.apply(x)).toThrow(message);
  });

  it("is right as it says", async () => {
    const expected = [Array.from({ length: 16 }, () => 1)];
    expect(toNested(await image.predict<Tensor>([numbers]))).toEqual(expected);
    const batch = expandDims(sample, { axis: 0 }) as Tensor;
    expect(toNested(await image.predict<Tensor>(batch))).toEqual(expected);
    expect(toNested(image.apply(batch) as Tensor)).toEqual(expected);
  });

  it("is shown shortly where it is large", () => {
    const large = { a: Array.from({ length: 100 }, () => new Date(0)), b: 1 };
    expect(() => image.apply([large, large] as never)).toThrow(/^model "m": expected .{20,450}$/);
  });
});
