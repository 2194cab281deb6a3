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
