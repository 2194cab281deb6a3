import { expect, it } from "vitest";
import { Functional, Input } from "../../index.ts";
import type { JsonObject } from "../../json/json.ts";
import { isFloat } from "../../json/marks.ts";
import { Dense } from "../../layers/index.ts";
import { Lacks } from "../lacks.ts";
import { outputsOf } from "./compile-outputs.ts";
import { readCompile } from "./compile-read.ts";

const array = { class_name: "__numpy__", config: { value: [2, 1], dtype: "float64" } };
const hinge = { module: "keras.losses", class_name: "Hinge", config: {}, registered_name: null };

/** What Keras 3 takes for a model with these outputs; in a dict of them where `inDict`. */
const taken = (compiled: JsonObject, names: readonly string[], inDict = false, areRenamed = false) =>
  readCompile(compiled, { dialect: 306, lacks: null, outputs: () => ({ names, inDict, areRenamed }) });

it.each<[what: string, written: JsonObject, read: JsonObject]>([
  ["one loss without weights", { loss: "mse" }, { loss: "mse" }],
  [
    "one loss, weights",
    { loss: "mse", loss_weights: [2, 1] },
    { loss: ["mse", "mse"], loss_weights: [2, 1] },
  ],
  [
    "one loss, an array",
    { loss: hinge, loss_weights: array },
    { loss: [hinge, hinge], loss_weights: [2, 1] },
  ],
  ["one weight", { loss: "mse", loss_weights: 2 }, { loss: ["mse", "mse"], loss_weights: [2, 2] }],
  [
    "losses, one weight",
    { loss: ["mse", null], loss_weights: 2 },
    { loss: ["mse", null], loss_weights: [2, 2] },
  ],
  ["losses by name", { loss: { a: "mae", b: "mse" } }, { loss: ["mse", "mae"] }],
  ["a loss of one output", { loss: { a: "mae" } }, { loss: [null, "mae"] }],
  [
    "a weight of one output",
    { loss: ["mse", "mae"], loss_weights: { a: 3 } },
    { loss: ["mse", "mae"], loss_weights: [1, 3] },
  ],
  [
    "one loss, weights by name",
    { loss: "mse", loss_weights: { a: 3, b: 2 } },
    { loss: ["mse", "mse"], loss_weights: [2, 3] },
  ],
  ["names of no outputs", { loss: { c: "mae" } }, { loss: { c: "mae" } }],
  ["no loss", { loss: null, loss_weights: [1, 2] }, { loss: null, loss_weights: [1, 2] }],
  ["weights alone", { loss_weights: [1, 2] }, { loss_weights: [1, 2] }],
  [
    "a lone metric",
    { metrics: "mae", weighted_metrics: hinge },
    { metrics: [["mae"], ["mae"]], weighted_metrics: [[hinge], [hinge]] },
  ],
  [
    "metrics by name, and nulls among them",
    { metrics: { a: ["mse", null], b: null, c: "mae" } },
    { metrics: { a: ["mse"], c: "mae" } },
  ],
])("two outputs have losses and metrics as Keras 3 takes them: %s", (_, written, read) => {
  expect(taken(written, ["b", "a"])).toEqual(read);
});

it.each<[what: string, written: JsonObject, read: JsonObject]>([
  ["losses", { loss: { a: "mae" } }, { loss: { a: "mae" } }],
  [
    "one loss, weights by key",
    { loss: "mse", loss_weights: { a: 3 } },
    { loss: { b: "mse", a: "mse" }, loss_weights: { b: 1, a: 3 } },
  ],
  [
    "losses, one weight",
    { loss: { a: "mse" }, loss_weights: 3 },
    { loss: { a: "mse" }, loss_weights: { a: 3 } },
  ],
])("a dict of outputs has them by its keys: %s", (_, written, read) => {
  expect(taken(written, ["b", "a"], true)).toEqual(read);
});

it.each<[what: string, written: JsonObject, read: JsonObject]>([
  ["a loss and its weight", { loss: "mse", loss_weights: 2 }, { loss: "mse", loss_weights: 2 }],
  ["a weight in a list", { loss: "mse", loss_weights: [2] }, { loss: "mse", loss_weights: [2] }],
  [
    "by its name",
    { loss: { a: "mse" }, loss_weights: { a: 2 } },
    { loss: { a: "mse" }, loss_weights: { a: 2 } },
  ],
  ["a lone metric", { metrics: "mae" }, { metrics: ["mae"] }],
])("one output has them as it had: %s", (_, written, read) => {
  expect(taken(written, ["a"])).toEqual(read);
});

it("weights are floats, as Keras 3 takes no other", () => {
  const scalar = taken({ loss: "mse", loss_weights: 2 }, ["a"]);
  expect(isFloat(scalar, "loss_weights")).toBe(true);
  const { loss_weights: list } = taken({ loss: "mse", loss_weights: { a: 2 } }, ["a", "b"]);
  expect([isFloat(list as object, 0), isFloat(list as object, 1)]).toEqual([true, true]);
});

it("outputs of one layer have lists, because Keras 3 has one name for all of them", () => {
  const written = {
    loss: { d_1: "mae" },
    loss_weights: { d_1: 2 },
    metrics: { d: ["mse", null] },
    weighted_metrics: { d_1: "mse", d: null },
  };
  expect(taken(written, ["d", "d_1"], false, true)).toEqual({
    loss: [null, "mae"],
    loss_weights: [1, 2],
    metrics: [["mse"], []],
    weighted_metrics: [[], ["mse"]],
  });
  const others = { metrics: { x: "mse" } };
  expect(taken(others, ["d", "d_1"], false, true)).toEqual(others);
});

it.each<[loss: readonly (string | null)[], weights: JsonObject[string], dialect: number, read: JsonObject]>([
  [[null, "mae"], null, 306, { loss: ["mse", "mae"], loss_weights: [0, 1] }],
  [
    ["mae", null, "mae", null],
    [2, 3, 4, 5],
    305,
    { loss: ["mae", "mse", "mae", null], loss_weights: [2, 0, 4, 0] },
  ],
  [["mae", null], null, 306, { loss: ["mae", null], loss_weights: null }],
  [[null, "mae"], null, 307, { loss: [null, "mae"], loss_weights: null }],
  [[null, "mae"], null, 304, { loss: [null, "mae"], loss_weights: null }],
])(
  "an output without a loss before others has one without weight where Keras miscounts: %j",
  (loss, weights, dialect, read) => {
    const names = loss.map((_, i) => `out_${i}`);
    const to = { dialect, lacks: new Lacks(), outputs: () => ({ names, inDict: false, areRenamed: false }) };
    expect(readCompile({ loss: [...loss], loss_weights: weights! }, to)).toEqual(read);
  },
);

it("a key of a dict that has no loss has one without weight there, too", () => {
  const outputs = () => ({ names: ["a", "b"], inDict: true, areRenamed: false });
  const written = { loss: { b: "mae" }, loss_weights: 3 };
  expect(readCompile(written, { dialect: 306, lacks: new Lacks(), outputs })).toEqual({
    loss: { a: "mse", b: "mae" },
    loss_weights: { a: 0, b: 3 },
  });
});

it("lists of metrics for outputs in a dict are those of the keys in order", () => {
  expect(taken({ metrics: [["mae"], []] }, ["a", "b"], true)).toEqual({ metrics: { a: ["mae"], b: [] } });
});

it("a weight by a name that no loss has stays", () => {
  const written = { loss: { a: "mse" }, loss_weights: { c: 2 } };
  expect(taken(written, ["a"])).toEqual(written);
});

it("a key is nothing but a key", () => {
  const dict = JSON.parse('{"__proto__": "mae"}');
  expect(taken({ loss: dict, metrics: dict }, ["b", "a"])).toEqual({ loss: dict, metrics: dict });
  expect(taken({ loss: { b: "mse" } }, ["b", "constructor"])).toEqual({ loss: ["mse", null] });
});

it("outputs are called by the layers that make them, or by the keys of their dict", () => {
  const x = Input({ shape: [2] });
  const [a, b] = ["a", "b"].map((name) => new Dense({ units: 1, name }).apply(x));
  const of = (outputs: object) => outputsOf(new Functional({ inputs: x, outputs: outputs as never }));
  expect(of(a!)).toEqual({ names: ["a"], inDict: false, areRenamed: false });
  expect(of([b, [a]])).toEqual({ names: ["b", "a"], inDict: false, areRenamed: false });
  const twice = new Dense({ units: 1, name: "a_1" });
  expect(of([a!, twice.apply(x), twice.apply(x), a!])).toEqual({
    names: ["a", "a_1", "a_1_1", "a_2"],
    inDict: false,
    areRenamed: true,
  });
  expect(of({ y: b, x: a })).toEqual({ names: ["x", "y"], inDict: true, areRenamed: false });
  expect(outputsOf(null)).toEqual({ names: [], inDict: false, areRenamed: false });
});

it("a metric that no Keras 3 has is said, and left out where that is asked for", () => {
  const gone = { module: "keras.metrics", class_name: "MeanTensor", config: {}, registered_name: null };
  const read = (lacks: Lacks) =>
    readCompile(
      { metrics: [gone, "mae"] },
      { dialect: 306, lacks, outputs: () => ({ names: ["a"], inDict: false, areRenamed: false }) },
    );
  const lacks = new Lacks();
  read(lacks);
  expect(() => lacks.check()).toThrow(
    'compile_config.metrics: expected a metric that Keras 3.6 has, received "MeanTensor", which ended with Keras 2.',
  );
  const dropping = new Lacks(() => {});
  expect(read(dropping)).toEqual({ metrics: ["mae"] });
  expect(() => dropping.check()).not.toThrow();
});
