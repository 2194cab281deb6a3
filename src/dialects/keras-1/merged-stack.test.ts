import { describe, expect, it } from "vitest";
import type { Functional } from "../../models/functional.ts";
import { modelFromJson } from "../../revive.ts";

const layer = (className: string, config: object) => ({ class_name: className, config });
const said = { batch_input_shape: [null, 3] };
const dense = (name: string) => layer("Dense", { name, output_dim: 3, ...said });
const input = (name: string) => layer("InputLayer", { name, ...said, input_dtype: "float32" });
const stack = (...layers: object[]) => layer("Sequential", layers);
const merge = (...layers: object[]) =>
  layer("Merge", { name: "merge", mode: "sum", mode_type: "raw", layers });

/** A functional model that adds its inputs up, if there are several, and ends with a Dense. */
function graph(name: string, inputs: readonly string[], last: string): object {
  const ends = inputs.map((input) => [input, 0, 0]);
  const sum = layer("Merge", { name: `${name}_sum`, mode: "sum", mode_type: "raw" });
  const isOne = inputs.length === 1;
  return layer("Model", {
    name,
    input_layers: ends,
    output_layers: [[last, 0, 0]],
    layers: [
      ...inputs.map((name) => ({ ...input(name), name, inbound_nodes: [] })),
      ...(isOne ? [] : [{ ...sum, name: `${name}_sum`, inbound_nodes: [ends] }]),
      { ...dense(last), name: last, inbound_nodes: [isOne ? ends : [[`${name}_sum`, 0, 0]]] },
    ],
  });
}

const read = (layers: readonly object[]) =>
  modelFromJson(
    JSON.stringify({ class_name: "Sequential", config: layers, keras_version: "1.2.2" }),
  ) as Functional;

/** `merge(a, b)` for a layer of that name and what it is called on. */
const called = (model: Functional) =>
  model.nodes
    .filter(({ isInput }) => !isInput)
    .map(
      ({ operation, inputs }) =>
        `${operation.name}(${inputs.map(({ node }) => node?.operation.name).join(", ")})`,
    );

describe("a Sequential that begins with a Merge", () => {
  it.each<[what: string, layers: object[], calls: string[], weights: number]>([
    [
      "goes on with other Sequentials",
      [merge(stack(dense("a")), stack(dense("b"))), stack(dense("c")), stack(dense("d"))],
      [
        "a(a_input)",
        "b(b_input)",
        "merge(a, b)",
        "sequential_of_c(merge)",
        "sequential_of_d(sequential_of_c)",
      ],
      8,
    ],
    [
      "has one in each branch",
      [merge(stack(dense("a"), stack(dense("x"))), stack(dense("b"), stack(dense("y"))))],
      [
        "a(a_input)",
        "b(b_input)",
        "sequential_of_x(a)",
        "sequential_of_y(b)",
        "merge(sequential_of_x, sequential_of_y)",
      ],
      8,
    ],
    [
      "has the same one in each branch, which is shared then",
      [merge(stack(stack(dense("s")), dense("x")), stack(stack(dense("s")), dense("y")))],
      ["sequential_of_s(s_input)", "x(sequential_of_s)", "y(sequential_of_s)", "merge(x, y)"],
      6,
    ],
    [
      "has branches that begin with a Sequential that begins with one",
      [merge(stack(stack(stack(dense("a")), dense("b")), dense("c")), stack(dense("d")))],
      ["sequential_of_a(a_input)", "c(sequential_of_a)", "d(d_input)", "merge(c, d)"],
      8,
    ],
    [
      "has a branch that begins with an InputLayer",
      [merge(stack(input("in"), dense("a")), stack(dense("b")))],
      ["a(in)", "b(b_input)", "merge(a, b)"],
      4,
    ],
    [
      "has a branch that begins with a model of two inputs",
      [merge(stack(graph("f", ["i", "j"], "last"), dense("a")), stack(dense("b")))],
      ["f(i, j)", "a(f)", "b(b_input)", "merge(a, b)"],
      6,
    ],
    [
      "ends with a functional model",
      [merge(stack(dense("a")), stack(dense("b"))), graph("f", ["i"], "last")],
      ["a(a_input)", "b(b_input)", "merge(a, b)", "f(merge)"],
      6,
    ],
    [
      "merges functional models that share a layer",
      [merge(graph("f", ["i"], "shared"), graph("g", ["j"], "shared"))],
      ["shared(i)", "shared(j)", "merge(shared, shared)"],
      2,
    ],
    [
      "merges a functional model with itself",
      [merge(graph("f", ["i"], "last"), graph("f", ["i"], "last"))],
      ["last(i)", "merge(last, last)"],
      2,
    ],
    [
      "is inside another one",
      [stack(merge(stack(dense("a")), stack(dense("b"))), dense("c")), dense("d")],
      ["sequential_of_merge(a_input, b_input)", "d(sequential_of_merge)"],
      8,
    ],
  ])("%s", (_, layers, calls, weights) => {
    const model = read(layers);
    expect(called(model).sort()).toEqual([...calls].sort());
    expect(model.weights.length).toBe(weights);
  });

  it("has layers that nobody named, each another one", () => {
    const unnamed = layer("Dense", { output_dim: 3, ...said });
    const model = read([merge(stack(unnamed), stack(unnamed)), stack(unnamed), stack(unnamed)]);
    expect(model.inputs.length).toBe(2);
    expect(model.weights.length).toBe(8);
  });

  it("gives no name that another layer has", () => {
    const model = read([
      merge(stack(dense("a")), stack(dense("sequential_of_c"))),
      stack(dense("c"), dense("d")),
      stack(dense("c")),
    ]);
    expect(model.layers.slice(-2).map(({ name }) => name)).toEqual([
      "sequential_of_c_2",
      "sequential_of_c_3",
    ]);
  });

  it("may begin with others a few times, not as often as one likes", () => {
    const inside = (times: number): object[] =>
      times === 0 ? [merge(stack(dense("a")), stack(dense("b")))] : [stack(...inside(times - 1))];
    expect(read(inside(3)).inputs.length).toBe(2);
    expect(() => read(inside(300))).toThrow(
      "config: expected at most 16 Sequentials inside each other that begin with a Merge, received more.",
    );
  });
});
