import { describe, expect, it } from "vitest";
import { Message } from "../../engines/onnx/protobuf.ts";
import type { JsonArray, JsonObject } from "../../json/json.ts";
import { Budget } from "../budget.ts";
import { constantsIn } from "./constants.ts";
import { fillLearned, hasLearned } from "./learned.ts";
import type { SavedObject, SavedObjects } from "./saved-objects.ts";

const node = (name: string, tensor: Message) =>
  new Message()
    .string(1, name)
    .string(2, "Const")
    .message(5, new Message().string(1, "dtype").message(2, new Message().int(6, 9)))
    .message(5, new Message().string(1, "value").message(2, new Message().message(8, tensor)));
const graphOf = (nodes: readonly Message[]) => {
  const graph = new Message();
  for (const each of nodes) graph.message(1, each);
  return graph.finish();
};
const texts = new Message().int(1, 7).string(8, "b").string(8, "a").string(8, "c");
const numbers = new Message().int(1, 9).bytes(4, new Uint8Array(BigInt64Array.of(2n, 1n, 3n).buffer));
const packed = new Message().int(1, 9).bytes(10, Uint8Array.of(5, 7, 9));
const graph = graphOf([node("texts", texts), node("numbers", numbers), node("packed", packed)]);

const object = (
  children: Readonly<Record<string, number>>,
  more: Partial<SavedObject> = {},
): SavedObject => ({
  children: new Map(Object.entries(children)),
  identifier: "",
  metadata: "",
  runs: "",
  constant: "",
  ...more,
});

/** A model of one layer, whose table is filled with two constants, or is not filled. */
const saved = (keys: string, values: string, isFilled = true): SavedObjects => ({
  objects: [
    object({ "layer-0": 1 }),
    object({ lookup_table: 2 }),
    object({ _initialize: 3 }),
    object({}, { runs: "fill" }),
    object({}, { constant: keys }),
    object({}, { constant: values }),
  ],
  bound: new Map([["fill", isFilled ? [2, 4, 5] : [2]]]),
  graph,
});
const notes = new Map([["root.layer-0", { name: "lookup", trainable: true }]]);

function filled(layer: JsonObject, from: SavedObjects, budget = new Budget(1)) {
  const config: JsonObject = {
    layers: [{ class_name: "StringLookup", config: { name: "lookup", ...layer } }],
  };
  const issues = fillLearned(config, from, notes, "saved_model.pb", budget);
  const [entry] = config.layers as [{ config: JsonObject }];
  return { vocabulary: entry.config.vocabulary, issues };
}

describe("a vocabulary that a layer learned", () => {
  it.each<[string, JsonObject, SavedObjects, JsonArray]>([
    ["of texts is in the order of its numbers", {}, saved("texts", "numbers"), ["a", "b", "c"]],
    ["of integers", {}, saved("packed", "numbers"), [7, 5, 9]],
    ["of an inverted table", { invert: true }, saved("numbers", "texts"), ["a", "b", "c"]],
    ["in a list that was empty", { vocabulary: [] }, saved("texts", "numbers"), ["a", "b", "c"]],
    ["stays as the config says it", { vocabulary: ["x"] }, saved("texts", "numbers"), ["x"]],
  ])("%s", (_, layer, from, expected) => {
    expect(filled({ vocabulary: null, ...layer }, from)).toEqual({ vocabulary: expected, issues: [] });
  });

  it("is none where nothing was learned", () => {
    const from = saved("texts", "numbers", false);
    expect(filled({ vocabulary: null }, from)).toEqual({ vocabulary: null, issues: [] });
  });

  it.each<[JsonObject, SavedObjects, string]>([
    [{ vocabulary: null, output_mode: "tf_idf" }, saved("texts", "numbers"), "the terms and weights"],
    [{ vocabulary: null }, { ...saved("", ""), objects: [] }, "the terms"],
    [{ bin_boundaries: null, num_bins: 3 }, saved("", ""), "the boundaries"],
  ])("%j is told where it is not read", (layer, from, what) => {
    const [issue, ...others] = filled(layer, from).issues;
    expect(issue?.message).toBe(
      `${what} that "lookup" learned are not read: give them to the layer as options.`,
    );
    expect(others).toEqual([]);
  });

  it("is no longer than its budget says", () => {
    const budget = new Budget(1, { jsonValues: 4 });
    expect(() => filled({ vocabulary: null }, saved("texts", "numbers"), budget)).toThrow(
      "saved_model.pb: expected at most 4 values of JSON",
    );
  });

  it("is looked for only where a config says none", () => {
    const has = (config: JsonObject) => hasLearned({ layers: [{ config: { layers: [{ config }] } }] });
    expect(
      [{ vocabulary: null }, { vocabulary: [] }, { bin_boundaries: null, num_bins: 2 }].map(has),
    ).toEqual([true, true, true]);
    expect(
      [{}, { vocabulary: ["a"] }, { bin_boundaries: [1], num_bins: 2 }, { num_bins: 2 }].map(has),
    ).toEqual([false, false, false, false]);
  });
});

it("constants that are no texts and no int64 are refused", () => {
  const wrong = graphOf([node("wrong", new Message().bytes(4, new Uint8Array(7)))]);
  expect(() => constantsIn(wrong, new Set(["wrong"]), "graph", new Budget(1))).toThrow(
    "graph: expected integers of 8 bytes, received 7 bytes.",
  );
});
