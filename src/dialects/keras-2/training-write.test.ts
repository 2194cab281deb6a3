import { expect, it } from "vitest";
import type { JsonObject } from "../../json/json.ts";
import { Lacks } from "../lacks.ts";
import { writeTraining } from "./training-write.ts";

it.each<[className: string, config: JsonObject, in215: JsonObject, in29: JsonObject]>([
  [
    "SparseCategoricalCrossentropy",
    { reduction: "sum", from_logits: true, ignore_class: null, axis: -1, dtype: "float32" },
    { reduction: "sum", from_logits: true },
    { reduction: "sum", from_logits: true },
  ],
  // The metric of that name.
  [
    "SparseCategoricalCrossentropy",
    { dtype: "float32", from_logits: true, axis: -1 },
    { dtype: "float32", from_logits: true, axis: -1 },
    { dtype: "float32", from_logits: true, axis: -1 },
  ],
  // What `.keras` files of Keras 2 say of a loss, and others do not.
  [
    "CategoricalHinge",
    { reduction: "sum", fn: "categorical_hinge" },
    { reduction: "sum" },
    { reduction: "sum" },
  ],
  ["MeanSquaredError", { reduction: null }, { reduction: "none" }, { reduction: "none" }],
  [
    "BinaryFocalCrossentropy",
    { reduction: "sum", apply_class_balancing: false, alpha: 0.25, gamma: 2 },
    { reduction: "sum", apply_class_balancing: false, alpha: 0.25, gamma: 2 },
    { reduction: "sum", gamma: 2 },
  ],
  ["SparseTopKCategoricalAccuracy", { k: 2, from_sorted_ids: false }, { k: 2 }, { k: 2 }],
  [
    "MeanIoU",
    { num_classes: 3, ignore_class: null, sparse_y_true: true, sparse_y_pred: true, axis: -1 },
    { num_classes: 3, sparse_y_true: true, sparse_y_pred: true, axis: -1 },
    { num_classes: 3 },
  ],
  [
    "OneHotIoU",
    { num_classes: 3, target_class_ids: [0], sparse_y_pred: false, axis: -1 },
    { num_classes: 3, target_class_ids: [0], sparse_y_pred: false, axis: -1 },
    { num_classes: 3, target_class_ids: [0] },
  ],
])(
  "%s is written without options that say nothing and that versions of Keras 2 do not take",
  (className, config, in215, in29) => {
    const key = "reduction" in config ? "loss" : "metrics";
    const written = (dialect: 215 | 209) => {
      const lacks = new Lacks();
      const compiled = { [key]: { module: "keras", class_name: className, config, registered_name: null } };
      const training = writeTraining(compiled, dialect, lacks);
      expect(lacks.count).toBe(0);
      return training?.[key];
    };
    expect(written(215)).toEqual({ class_name: className, config: in215 });
    expect(written(209)).toEqual({ class_name: className, config: in29 });
  },
);

/** What every optimizer of 2.15 says, as real Keras wrote it. */
const shared = {
  weight_decay: null,
  clipnorm: null,
  global_clipnorm: null,
  clipvalue: null,
  use_ema: false,
  ema_momentum: 0.99,
  ema_overwrite_frequency: null,
  jit_compile: false,
  is_legacy_optimizer: false,
  learning_rate: 0.001,
};
const moments = { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
const none = { l1_regularization_strength: 0, l2_regularization_strength: 0, beta: 0 };

it.each<[className: string, config: JsonObject]>([
  ["Adadelta", { rho: 0.95, epsilon: 1e-7 }],
  ["Adagrad", { initial_accumulator_value: 0.1, epsilon: 1e-7 }],
  ["Adam", { ...moments, amsgrad: false }],
  ["Adam", { ...moments, amsgrad: false, weight_decay: 0 }],
  ["Adamax", moments],
  [
    "Ftrl",
    {
      learning_rate_power: -0.5,
      initial_accumulator_value: 0.1,
      ...none,
      l2_shrinkage_regularization_strength: 0,
    },
  ],
  ["Nadam", moments],
  ["RMSprop", { ema_overwrite_frequency: 100, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false }],
  ["SGD", { momentum: 0, nesterov: false }],
])("%s with the options that it has where none are given is written for each version", (className, own) => {
  const config = { name: className, ...shared, ...own };
  const optimizer = { module: "keras.optimizers", class_name: className, config, registered_name: null };
  for (const dialect of [209, 211, 213, 215] as const) {
    const lacks = new Lacks();
    const written = writeTraining({ optimizer }, dialect, lacks)?.optimizer_config as JsonObject;
    expect(lacks.count).toBe(0);
    expect(written.class_name).toBe(dialect > 209 ? `Custom>${className}` : className);
    if (dialect > 209) expect(written.config).toEqual(config);
    else expect(Object.keys(written.config as JsonObject)).not.toContain("ema_overwrite_frequency");
  }
});

it("says what an average of the weights is lost for TensorFlow 2.9", () => {
  const config = { name: "SGD", ...shared, use_ema: true, ema_overwrite_frequency: 100, weight_decay: 0.5 };
  const optimizer = { module: "keras.optimizers", class_name: "SGD", config, registered_name: null };
  const lacks = new Lacks();
  writeTraining({ optimizer }, 209, lacks);
  expect(lacks.count).toBe(2);
});
