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
const taken = (compiled: JsonObject, names: readonly string[], inDict = false) =>
  readCompile(compiled, { dialect: 306, lacks: null, outputs: () => ({ names, inDict }) });

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

it("outputs that are called alike are told apart by their places alone", () => {
  const written = { loss: { a: "mae" }, loss_weights: [1, 2] };
  expect(taken(written, ["a", "a"])).toEqual(written);
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
  expect(of(a!)).toEqual({ names: ["a"], inDict: false });
  expect(of([b, [a]])).toEqual({ names: ["b", "a"], inDict: false });
  expect(of({ x: a, y: b })).toEqual({ names: ["x", "y"], inDict: true });
  expect(outputsOf(null)).toEqual({ names: [], inDict: false });
});

it("a metric that no Keras 3 has is said, and left out where that is asked for", () => {
  const gone = { module: "keras.metrics", class_name: "MeanTensor", config: {}, registered_name: null };
  const read = (lacks: Lacks) =>
    readCompile(
      { metrics: [gone, "mae"] },
      { dialect: 306, lacks, outputs: () => ({ names: ["a"], inDict: false }) },
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
