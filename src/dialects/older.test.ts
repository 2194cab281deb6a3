import { expect, it } from "vitest";
import type { JsonValue } from "../json/json.ts";
import { dialectOfModel } from "./older.ts";

const dense = { class_name: "Dense", config: { units: 2 } };
const first = { class_name: "Dense", config: { units: 2, batch_input_shape: [null, 3] } };
const called = { ...dense, inbound_nodes: [[["x", 0, 0, {}]]] };
const recorded = { ...dense, inbound_nodes: [{ args: [], kwargs: {} }] };
const stack = (layers: JsonValue[]) => ({ class_name: "Sequential", config: { name: "stack", layers } });
const graph = (...layers: JsonValue[]) => ({ class_name: "Functional", config: { name: "graph", layers } });

it.each<readonly [what: string, model: JsonValue, version: unknown, dialect: number | null]>([
  ["says it", stack([first]), "2.9.0", 209],
  ["says it as TensorFlow does", stack([first]), "2.2.4-tf", 202],
  ["says a version to come", stack([dense]), "9.0", 316],
  ["says nothing", stack([dense]), undefined, null],
  ["says no version", stack([first]), 2, 211],
  ["is a list", { class_name: "Sequential", config: [dense] }, undefined, 211],
  ["has an input", stack([first]), undefined, 211],
  ["has an input in a model", stack([stack([first])]), undefined, 211],
  [
    "has an input in a wrapper",
    stack([{ class_name: "TimeDistributed", config: { layer: first } }]),
    undefined,
    211,
  ],
  ["has lists of calls", graph(called), undefined, 211],
  ["has records of calls", graph(recorded), undefined, null],
  ["is a config alone", graph(called).config, undefined, 211],
  ["has keys of Keras 1", stack([{ class_name: "Dense", config: { init: "zero" } }, first]), undefined, 102],
  ["has a list of somebody's own", stack([{ ...dense, config: { config: [first] } }]), undefined, null],
  ["is none", 5, undefined, null],
])("a model's version is known where it %s", (_, model, version, dialect) => {
  expect(dialectOfModel(model, version)).toBe(dialect);
});
