import { describe, expect, it } from "vitest";
import { builtins } from "../builtins.ts";
import { parsePythonJson } from "../json/parse.ts";
import { Sequential } from "../models/sequential.ts";
import { deserialize } from "../registry/deserialize.ts";
import type { Shapes } from "./building.ts";
import { Dense, LSTM, MultiHeadAttention } from "./index.ts";
import type { Layer } from "./layer.ts";

const dense = () => new Dense({ units: 2, name: "d" });
const lstm = () => new LSTM({ units: 2, name: "l" });
const attention = () => new MultiHeadAttention({ num_heads: 2, key_dim: 3, name: "a" });
const stack = () => new Sequential([new Dense({ units: 2 })], { name: "s" });

describe("building for shapes by their names", () => {
  it.each<[string, () => Layer, unknown, string]>([
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

  it("reads a build_config, and no other thing", () => {
    const layer = dense();
    expect(() => layer.buildFromConfig(3 as never)).toThrow(
      'layer "d": expected a build_config such as { input_shape: [null, 3] }, received 3.',
    );
    layer.buildFromConfig({ input_shape: [null, 3] });
    expect(layer.kernel.shape).toEqual([3, 2]);
  });
});

const options: Readonly<Record<string, string>> = {
  Dense: ', "units": 2',
  LSTM: ', "units": 2',
  Add: "",
  MultiHeadAttention: ', "num_heads": 2, "key_dim": 3',
};

it.each<[string, string, string, string]>([
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
    "build_config.input_shape: expected a shape such as [null, 3], received [[null, 3], [null, {…}]].",
  ],
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
    `{"module": "keras.layers", "class_name": "${name}", "config": {"name": "d"${options[name]}}, "build_config": ${build}}`,
  );
  expect(() => deserialize(json, { registry: builtins })).toThrow(`config.${message}`);
});
