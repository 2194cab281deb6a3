import { expect, it } from "vitest";
import type { JsonObject } from "../../json/json.ts";
import { readConfig } from "./configs.ts";

const numpy = (value: number) => ({ class_name: "__numpy__", config: { value, dtype: "float32" } });
const unsaid = 956888297470;

it.each<[className: string, config: JsonObject, read: JsonObject]>([
  [
    "ReLU",
    { max_value: numpy(6), negative_slope: { type: "ndarray", value: 0.5 } },
    { max_value: 6, negative_slope: 0.5 },
  ],
  ["Hashing", { dtype: "float32", salt: [unsaid, unsaid] }, { dtype: "int64", salt: null }],
  ["Hashing", { dtype: "int32", salt: [1, unsaid] }, { dtype: "int32", salt: [1, unsaid] }],
  ["Hashing", { dtype: "float32", output_mode: "count" }, { dtype: "float32", output_mode: "count" }],
])("a config of Keras 2 is read: %s %j", (className, config, expected) => {
  expect(readConfig(config, { module: "keras.layers", className })).toEqual(expected);
});

const decaying = (rate: number, decay: number) => ({
  module: "keras.optimizers.schedules",
  class_name: "InverseTimeDecay",
  config: { initial_learning_rate: rate, decay_steps: 1, decay_rate: decay, staircase: false },
  registered_name: null,
});
const moments = { beta_1: 0.9, beta_2: 0.999 };

it.each<[className: string, config: JsonObject, read: JsonObject]>([
  // Of Nadam it is a constant, whatever it is.
  ["Nadam", { learning_rate: 0.5, decay: 0.01, ...moments }, { learning_rate: 0.5, ...moments }],
  ["Nadam", { lr: 0.5, schedule_decay: 0.004, ...moments }, { learning_rate: 0.5, ...moments }],
  [
    "Adamax",
    { learning_rate: 0.5, decay: 0.004, ...moments },
    { learning_rate: decaying(0.5, 0.004), ...moments },
  ],
  ["SGD", { lr: 0.5, decay: 0.1, momentum: 0 }, { learning_rate: decaying(0.5, 0.1), momentum: 0 }],
  ["SGD", { lr: 0.5, decay: 0, momentum: 0 }, { learning_rate: 0.5, momentum: 0 }],
  ["Adam", { lr: 0.5, epsilon: null }, { learning_rate: 0.5, epsilon: 1e-7 }],
  ["Adam", { lr: 0.5, epsilon: 1e-8 }, { learning_rate: 0.5, epsilon: 1e-8 }],
])("an optimizer of Keras 2 is read: %s %j", (className, config, expected) => {
  expect(readConfig(config, { module: "keras.optimizers", className })).toEqual(expected);
});
