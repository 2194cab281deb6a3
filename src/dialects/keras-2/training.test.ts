import { expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isFloat } from "../../json/marks.ts";
import { Lacks } from "../lacks.ts";
import { writeCompile } from "./compile-write.ts";
import { readTraining } from "./training.ts";
import { writeTraining } from "./training-write.ts";

const nothing = { metrics: null, weighted_metrics: null, loss_weights: null };
const sgd = { name: "SGD", learning_rate: 0.5, decay: 0, momentum: 0, nesterov: false };
const newSgd = { name: "SGD", learning_rate: 0.5, momentum: 0 };
const named = (class_name: string, config: JsonObject = {}) => ({ class_name, config });
const own = (registered_name: string, class_name = registered_name, config: JsonObject = {}) => ({
  module: null,
  class_name,
  config,
  registered_name,
});
const ofKeras = (module: string, class_name: string, config: JsonObject = {}) => ({
  module: `keras.${module}`,
  class_name,
  config,
  registered_name: null,
});

it.each<[part: "loss" | "metrics" | "optimizer_config", written: JsonValue, read: JsonValue]>([
  ["loss", named("Held>MyLoss", { factor: 2 }), own("Held>MyLoss", "MyLoss", { factor: 2 })],
  ["loss", named("MyLoss"), own("MyLoss")],
  ["loss", named("Custom>Huber"), own("Custom>Huber", "Huber")],
  ["loss", { a: named("Huber"), b: "mse" }, { a: ofKeras("losses", "Huber"), b: "mse" }],
  [
    "metrics",
    [[named("Held>MyMean"), named("AUC")]],
    [[own("Held>MyMean", "MyMean"), ofKeras("metrics", "AUC")]],
  ],
  ["optimizer_config", named("Held>MySGD", sgd), own("Held>MySGD", "MySGD", sgd)],
  ["optimizer_config", named("Custom>MySGD"), own("Custom>MySGD", "MySGD")],
  ["optimizer_config", named("SGD", sgd), ofKeras("optimizers", "SGD", sgd)],
])("what was compiled is read and written again: %s %j", (part, written, read) => {
  const training = { loss: "mse", ...nothing, optimizer_config: named("SGD", sgd), [part]: written };
  const compiled = readTraining(training, 2);
  expect(compiled[part === "optimizer_config" ? "optimizer" : part]).toEqual(read);
  const lacks = new Lacks();
  expect(writeTraining(compiled, 209, lacks)).toEqual(training);
  expect(lacks.count).toBe(0);
});

it("a loss of another package stands as it is in a .keras file of Keras 2", () => {
  const loss = { ...own("Addons>FocalLoss", "FocalLoss", { gamma: 2 }), module: "tensorflow_addons.losses" };
  const lacks = new Lacks();
  expect(writeCompile({ optimizer: "adam", loss }, { dialect: 215, lacks })).toMatchObject({ loss });
  expect(lacks.count).toBe(0);
});

it("optimizers of Keras, which later versions registered, are not somebody's own", () => {
  const training = { loss: "mse", ...nothing, optimizer_config: named("Custom>SGD", newSgd) };
  const compiled = readTraining(training, 2);
  expect(compiled.optimizer).toEqual(ofKeras("optimizers", "SGD", newSgd));
  expect(writeTraining(compiled, 215, new Lacks())).toEqual(training);
  for (const className of ["LossScaleOptimizer", "LossScaleOptimizerV3"]) {
    const { optimizer } = readTraining({ optimizer_config: named(className) }, 2);
    expect(optimizer).toEqual(ofKeras("optimizers", "LossScaleOptimizer"));
  }
});

it.each(["Lamb", "Muon"])("%s is of Keras 3, and somebody's own in files of Keras 2", (className) => {
  const training = { optimizer_config: named(className) };
  expect(readTraining(training, 2).optimizer).toEqual(own(className));
  expect(readTraining(training, 3).optimizer).toEqual(ofKeras("optimizers", className));
});

it("modules that a file says stay as they are", () => {
  const loss = { module: "mine", class_name: "MyLoss", config: {}, registered_name: "mine>MyLoss" };
  expect(readTraining({ loss }, 3).loss).toEqual(loss);
});

it("one weight of all losses is a float", () => {
  const compiled = readTraining({ loss: "mse", loss_weights: 2 }, 3);
  expect(isFloat(compiled, "loss_weights")).toBe(true);
});

it.each<[what: string, metrics: JsonValue]>([
  ["a key like any other", JSON.parse('{"__proto__": ["mae"], "a": ["mae"]}')],
  [
    "an option of the function behind a metric",
    [ofKeras("metrics", "MeanMetricWrapper", { fn: "f", threshold: 0.3 })],
  ],
  ["a metric that Keras 2 alone has", [ofKeras("metrics", "MeanTensor", { name: "m", dtype: "float32" })]],
])("metrics are written for Keras 2 as they are: %s", (_, metrics) => {
  const lacks = new Lacks();
  const written = writeCompile({ optimizer: "adam", metrics }, { dialect: 215, lacks });
  lacks.check();
  expect(JSON.stringify(written?.metrics)).toBe(JSON.stringify(metrics));
});
