import { describe, expect, it } from "vitest";
import type { KerasTensor } from "../../graph/graph.ts";
import { ellipsis, Input, Model, modelFromJson, slice } from "../../index.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import { knowOlderLayers } from "../../layers/tf-keras/know.ts";
import * as ops from "../../ops/index.ts";

knowOlderLayers();

/** The calls of the last layer of `f(x)`, as a version of Keras 2 is told of them. */
function callsIn(model: Model, keras: string): string {
  const { config } = parsePythonJson(model.toJson({ keras })) as { config: { layers: object[] } };
  const { inbound_nodes: nodes } = config.layers.at(-1) as { inbound_nodes: never };
  return stringifyPythonJson(nodes);
}

const x = (dtype: "float32" | "int32" = "float32") => Input({ shape: [4, 5, 3], name: "x", dtype });
const modelOf = (f: (x: KerasTensor) => KerasTensor, input = x()) =>
  new Model({ inputs: input, outputs: f(input) });

describe("an index with an ellipsis", () => {
  const all = '{"start": null, "stop": null, "step": null}';
  const rest = '{"class_name": "__ellipsis__"}';

  it.each<[string, unknown, to215: string, to29: string]>([
    ["x[..., 0]", [ellipsis, 0], `[${all}, ${all}, ${all}, 0]`, `[${rest}, 0]`],
    ["x[1, ...]", [1, ellipsis], `[1, ${all}, ${all}, ${all}]`, `[1, ${rest}]`],
    ["x[None, ..., 2]", [null, ellipsis, 2], `[null, ${all}, ${all}, ${all}, 2]`, `[null, ${rest}, 2]`],
    [
      "x[:, 1:, ...]",
      [slice(), slice(1, null), ellipsis],
      `[${all}, {"start": 1, "stop": null, "step": null}, ${all}, ${all}]`,
      `[${all}, {"start": 1, "stop": null, "step": null}, ${rest}]`,
    ],
    ["x[0, 1, 2, 0, ...]", [0, 1, 2, 0, ellipsis], "[0, 1, 2, 0]", "[0, 1, 2, 0]"],
    ["x[:, 0]", [slice(), 0], `[${all}, 0]`, `[${all}, 0]`],
  ])("%s has slices where .keras files are", (_, index, to215, to29) => {
    const model = modelOf((x) => ops.getItem(x, index as never));
    for (const [keras, spec] of [
      ["2.15", to215],
      ["2.13", to215],
      ["2.12", to215],
      ["2.9", to29],
    ] as const)
      expect(callsIn(model, keras)).toBe(`[["x", 0, 0, {"slice_spec": ${spec}}]]`);
  });
});

describe("a number", () => {
  it.each<[string, (x: KerasTensor) => KerasTensor, expected: string]>([
    ["1 - x", (x) => ops.subtract(1, x), '[["_CONSTANT_VALUE", -1, 1.0, {"y": ["x", 0, 0], "name": null}]]'],
    ["x - 1", (x) => ops.subtract(x, 1), '[["x", 0, 0, {"y": 1, "name": null}]]'],
    [
      "maximum(0, x)",
      (x) => ops.maximum(0, x),
      '[["_CONSTANT_VALUE", -1, 0.0, {"y": ["x", 0, 0], "name": null}]]',
    ],
  ])("that is first is a float where the tensor behind it has floats: %s", (_, f, expected) => {
    for (const keras of ["2.15", "2.9"]) expect(callsIn(modelOf(f), keras)).toBe(expected);
  });

  it("that is chosen first is a float where the other one has floats", () => {
    const model = modelOf((x) => ops.where(ops.greater(x, 1), 0, x));
    expect(callsIn(model, "2.9")).toMatch(/^\[\["greater\w*", 0, 0, \{"x": 0\.0, "y": \["x", 0, 0\]\}\]\]$/);
  });

  it("that is first is an integer where the tensor behind it has integers", () => {
    const expected = '[["_CONSTANT_VALUE", -1, 1, {"y": ["x", 0, 0], "name": null}]]';
    expect(
      callsIn(
        modelOf((x) => ops.subtract(1, x), x("int32")),
        "2.15",
      ),
    ).toBe(expected);
  });

  it("that is a float in a text stays one", () => {
    const text = modelOf((x) => ops.add(x, 2)).toJson({ keras: "3.6" });
    const model = modelFromJson(text.replace("0, 0]}}, 2]", "0, 0]}}, 2.0]"));
    expect(callsIn(model, "2.9")).toBe('[["x", 0, 0, {"y": 2.0, "name": null}]]');
  });
});

describe("a function of TensorFlow", () => {
  const floats = (a: number, b: number) => Input({ shape: [a, b], name: "x" });

  it.each<[string, (x: KerasTensor) => KerasTensor, expected: string]>([
    ["argmax", (x) => ops.argmax(x, { axis: 1 }), '{"axis": 1, "output_type": "int32"}'],
    ["argmin", (x) => ops.argmin(x, { axis: -1 }), '{"axis": -1, "output_type": "int32"}'],
    [
      "swapaxes",
      (x) => ops.swapaxes(x, { axis1: 1, axis2: -1 }),
      '{"perm": [0, 2, 1], "name": "transpose", "conjugate": false}',
    ],
    ["cumsum", (x) => ops.cumsum(x, { axis: 1 }), '{"axis": 1}'],
    ["sort", (x) => ops.sort(x), '{"axis": -1}'],
    ["zeros_like", (x) => ops.zerosLike(x), "{}"],
    ["ones_like", (x) => ops.onesLike(x, { dtype: "int32" }), '{"dtype": "int32"}'],
    ["divide_no_nan", (x) => ops.divideNoNan(x, 2), '{"y": 2}'],
  ])("is called as whoever builds the model there calls it: %s", (_, f, expected) => {
    for (const keras of ["2.15", "2.9"])
      expect(callsIn(modelOf(f, floats(4, 3)), keras)).toBe(`[["x", 0, 0, ${expected}]]`);
  });

  it.each<[(x: KerasTensor) => KerasTensor, string]>([
    [(x) => ops.getItem(x, [slice(), [0, 2]]), "received GetItem, which chooses places by a tensor or list."],
    [(x) => ops.argmax(x), "received Argmax, which looks at all axes at once."],
    [
      (x) => ops.argmin(x, { axis: 1, keepdims: true }),
      "received Argmin, which keeps the axis along which it looks.",
    ],
    [(x) => ops.cumsum(x), "received Cumsum, which flattens its tensor."],
    [(x) => ops.cumsum(x, { axis: 1, dtype: "float64" }), "received Cumsum, which adds in another dtype."],
    [
      (x) => ops.divideNoNan(ops.cast(x, { dtype: "int32" }), 2),
      "received DivideNoNan, which divides integers.",
    ],
  ])("is not called where it does something else", (f, message) => {
    expect(() => callsIn(modelOf(f, floats(4, 3)), "2.9")).toThrow(message);
  });
});
