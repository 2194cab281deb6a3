import { describe, expect, it } from "vitest";
import { builtins } from "../builtins.ts";
import { takes, tensors } from "../graph/signature.ts";
import { Input, type Tensor, tensor, toNested } from "../index.ts";
import { parsePythonJson } from "../json/parse.ts";
import { Sequential } from "../models/sequential.ts";
import { deserialize } from "../registry/deserialize.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Shapes } from "./building.ts";
import { layer } from "./define.ts";
import { Add, AdditiveAttention, Dense, LSTM, MultiHeadAttention } from "./index.ts";
import type { Layer } from "./layer.ts";

const dense = () => new Dense({ units: 2, name: "d" });
const lstm = () => new LSTM({ units: 2, name: "l" });
const attention = () => new MultiHeadAttention({ num_heads: 2, key_dim: 3, name: "a" });
const stack = () => new Sequential([new Dense({ units: 2 })], { name: "s" });

describe("building for shapes by their names", () => {
  it.each<[string, () => Layer, unknown, string | RegExp]>([
    ["none", dense, {}, 'layer "d": expected shapes by the names ["input_shape"], received {}.'],
    [
      "null",
      lstm,
      { sequences_shape: null },
      'layer "l": expected sequences_shape to be a shape such as [null, 3], received null.',
    ],
    [
      "a list of shapes for one tensor",
      dense,
      { input_shape: [[null, 3]] },
      'layer "d": expected input_shape to be a shape such as [null, 3], received [[null, 3]].',
    ],
    [
      "one shape for a list",
      () => new Add({ name: "sum" }),
      { input_shape: [null, 3] },
      'layer "sum": expected input_shape to be a list of shapes such as [[null, 3]], received [null, 3].',
    ],
    [
      "no shape in a list",
      () => new Add({ name: "sum" }),
      { input_shape: [] },
      'layer "sum": expected input_shape to be a list of shapes such as [[null, 3]], received [].',
    ],
    [
      "one of three, which is none",
      () => new AdditiveAttention({ name: "a" }),
      { input_shape: [[null, 2, 3], null] },
      /^layer "a": expected a list of inputs, .* received \[\[null, 2, 3\], null\]\.$/,
    ],
    [
      "too few",
      () => new AdditiveAttention({ name: "a" }),
      { input_shape: [[null, 2, 3]] },
      'layer "a": expected a list of inputs, [query, value] or [query, value, key], received 1 of them.',
    ],
    [
      "one of two",
      attention,
      { query_shape: [null, 3, 4] },
      'layer "a": expected shapes by the names ["query_shape", "value_shape", "key_shape"], received { query_shape: [null, 3, 4] }.',
    ],
    ["no record", stack, null, 'model "s": expected shapes by their names, received null.'],
  ])("refuses %s", (_, make, shapes, message) => {
    expect(() => make().buildWith(shapes as Shapes)).toThrow(message);
  });

  it("leaves out what a call may leave out", () => {
    const layer = attention();
    layer.buildWith({ query_shape: [null, 3, 4], value_shape: [null, 3, 4], key_shape: null });
    expect(layer.built).toBe(true);
  });

  it("hands no single shape to a class that takes a list", () => {
    class Widths extends layer("Widths", {}, { package: "test", call: takes("x", { x: tensors() }) }) {
      override build(shapes: readonly Shape[]): void {
        this.addWeight({ name: "w", shape: shapes.map((shape) => shape.at(-1)!) });
      }
    }
    const expected =
      'layer "w": expected input_shape to be a list of shapes such as [[null, 3]], received [null, 3].';
    expect(() => new Widths({ name: "w" }).buildOn([null, 3])).toThrow(expected);
    expect(() => new Widths({ name: "w" }).buildFromConfig({ input_shape: [null, 3] })).toThrow(expected);
  });

  it("reads a build_config, and no other thing", () => {
    const layer = dense();
    expect(() => layer.buildFromConfig(3 as never)).toThrow(
      'layer "d": expected a build_config such as { input_shape: [null, 3] }, received 3.',
    );
    layer.buildFromConfig({ input_shape: [null, 3] });
    expect(layer.kernel.shape).toEqual([3, 2]);
  });
});

const ownOptions: Readonly<Record<string, string>> = {
  Dense: ', "units": 2',
  LSTM: ', "units": 2',
  Dot: ', "axes": 1',
  MultiHeadAttention: ', "num_heads": 2, "key_dim": 3',
};

/** What is wrong, the class, its build_config, the message. */
type Case = [string, string, string, string];

it.each<Case>([
  [
    "false",
    "Dense",
    '{"input_shape": false}',
    "build_config.input_shape: expected a shape such as [null, 3], received false.",
  ],
  [
    "7",
    "LSTM",
    '{"input_shape": 7}',
    "build_config.input_shape: expected a shape such as [null, 3], received 7.",
  ],
  [
    "a dict among the sizes of one of several",
    "Add",
    '{"input_shape": [[null, 3], [null, {}]]}',
    "build_config.input_shape: expected a list of shapes such as [[null, 3]], received [[null, 3], [null, {…}]].",
  ],
  ...["Add", "Attention", "AdditiveAttention", "Concatenate", "Dot"].flatMap((name): Case[] => [
    [
      "a dict among shapes of a list",
      name,
      '{"input_shape": [{"a": [null, 3]}, [null, 3]]}',
      "build_config.input_shape: expected a list of shapes such as [[null, 3]], received [{ a: […] }, [null, 3]].",
    ],
    [
      "a dict for a list",
      name,
      '{"input_shape": {"a": [null, 3], "b": [null, 3]}}',
      "build_config.input_shape: expected a list of shapes such as [[null, 3]], received { a: [null, 3], b: [null, 3] }.",
    ],
    [
      "lists in a list",
      name,
      '{"shapes_dict": {"input_shape": [[[null, 3]], [null, 3]]}}',
      "build_config.shapes_dict.input_shape: expected a list of shapes such as [[null, 3]], received [[[…]], [null, 3]].",
    ],
  ]),
  [
    "a text among shapes",
    "Dense",
    '{"shapes_dict": {"input_shape": [null, "x"]}}',
    'build_config.shapes_dict.input_shape: expected a shape such as [null, 3], received [null, "x"].',
  ],
  [
    "one shape of two",
    "MultiHeadAttention",
    '{"shapes_dict": {"query_shape": [null, 3, 4]}}',
    'build_config.shapes_dict: expected shapes by the names ["query_shape", "value_shape", "key_shape"], received { query_shape: [null, 3, 4] }.',
  ],
  [
    "no shape",
    "Dense",
    '{"shapes_dict": {}}',
    'build_config.shapes_dict: expected shapes by the names ["input_shape"], received {}.',
  ],
])("a build_config with %s is said at its place", (_, name, build, message) => {
  const json = parsePythonJson(
    `{"module": "keras.layers", "class_name": "${name}", "config": {"name": "d"${ownOptions[name] ?? ""}}, "build_config": ${build}}`,
  );
  expect(() => deserialize(json, { registry: builtins })).toThrow(`config.${message}`);
});

describe("by hand", () => {
  it("a layer is built once, as buildOn builds it", () => {
    const dense = new Dense({ units: 2 });
    dense.build([null, 3]);
    expect([dense.built, dense.getBuildConfig()]).toEqual([true, { input_shape: [null, 3] }]);
    dense.apply(Input({ shape: [3] }));
    expect(dense.weights.map(({ shape }) => shape)).toEqual([[3, 2], [2]]);
  });

  it("a call builds the layer first, and may leave out what may be left out", () => {
    const dense = new Dense({ units: 2, kernel_initializer: "ones" });
    const call = dense.call.bind(dense) as (x: Tensor) => Tensor;
    expect(toNested(call(tensor([[1, 2, 3]])))).toEqual([[6, 6]]);
    expect(() => call(tensor([1]))).toThrow("expected a rank of at least 2, received shape (1,).");
  });

  it("a class calls what it extends without being looked at again", () => {
    class Wide extends Dense {
      override build(shape: Shape) {
        super.build([null, 2 * shape.at(-1)!]);
      }
    }
    const wide = new Wide({ units: 1 });
    wide.build([null, 3]);
    expect(wide.kernel.shape).toEqual([6, 1]);
  });
});
