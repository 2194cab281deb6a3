import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";
import { turned } from "../keras-2/entries.ts";
import { ownAt } from "./own-at.ts";

/** A normal distribution was never cut off. */
const normal = (scale: number, mode: string) =>
  envelope("VarianceScaling", { scale, mode, distribution: "untruncated_normal", seed: null });

/** Initializers by their names in Keras 1, where the name, or what it stands for, is another one now. */
const initializers: Readonly<Record<string, JsonValue>> = {
  zero: "zeros",
  one: "ones",
  uniform: envelope("RandomUniform", { minval: -0.05, maxval: 0.05, seed: null }),
  normal: envelope("RandomNormal", { mean: 0, stddev: 0.05, seed: null }),
  glorot_normal: normal(1, "fan_avg"),
  he_normal: normal(2, "fan_in"),
  orthogonal: envelope("Orthogonal", { gain: 1.1, seed: null }),
};

/** Regularizers and constraints by their classes in Keras 1. */
const classes: Readonly<Record<string, string>> = {
  L1L2Regularizer: "L1L2",
  WeightRegularizer: "L1L2",
  ActivityRegularizer: "L1L2",
};

/** Keys of constraints that are called otherwise. */
const keys: Readonly<Record<string, string>> = { m: "max_value", low: "min_value", high: "max_value" };

function envelope(className: string, config: JsonObject): JsonObject {
  return { class_name: className, config };
}

/** An initializer as Keras 2 writes it; those of somebody's own stay names. */
export function readInitializer(name: JsonValue): JsonValue {
  return (typeof name === "string" && ownAt(initializers, name)) || name;
}

/** `{"name": "MaxNorm", "m": 2, "axis": 0}`: a regularizer or constraint, as Keras 2 writes it. */
export function readPart(value: JsonValue): JsonValue {
  if (!isDict(value) || typeof value.name !== "string") return value;
  const config = turned(value, (key, own) => (key === "name" ? null : [ownAt(keys, key) ?? key, own]));
  return envelope(ownAt(classes, value.name) ?? value.name, config);
}
