import { describe, expect, it } from "vitest";
import { Message } from "../../engines/onnx/protobuf.ts";
import type { JsonArray, JsonObject } from "../../json/json.ts";
import { Budget } from "../budget.ts";
import { memorySource } from "../sources.ts";
import type { BundleEntry } from "./bundle-entry.ts";
import { BundleTensor } from "./bundle-tensor.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { constantsIn } from "./constants.ts";
import { crc32c, maskedCrc } from "./crc32c.ts";
import { fillLearned, hasLearned } from "./learned.ts";
import type { GraphNode } from "./object-graph.ts";
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

/** A variable as a checkpoint has it. */
interface Kept {
  readonly numbers: readonly number[];
  readonly shape: readonly number[];
  readonly dtype?: BundleEntry["dtype"];
}

/** The checkpoint of a model of one layer, which keeps a variable, or of none. */
function checkpointOf(
  name = "",
  { numbers, shape, dtype = "float32" }: Kept = { numbers: [], shape: [0] },
): Checkpoint {
  const bytes = new Uint8Array(Float32Array.from(numbers).buffer);
  const entry = { dtype, shape, shard: 0, offset: 0, size: bytes.length, crc: maskedCrc(crc32c(bytes)) };
  const at = (children: Record<string, number>, variable: GraphNode["variable"] = null): GraphNode => ({
    children: new Map(Object.entries(children)),
    variable,
    table: null,
    slots: [],
  });
  const nodes = [at({ "layer-0": 1 }), at({ [name]: 2 }), at({}, { key: name, name })];
  const tensor = () => new BundleTensor(name, entry, memorySource(bytes), name);
  const budget = new Budget(1);
  return { name: "variables", nodes, bundle: { keys: [name], budget, tensor, check: async () => {} } };
}

async function filled(
  layer: JsonObject,
  saved: SavedObjects,
  { budget = new Budget(1), checkpoint = checkpointOf() } = {},
) {
  const config: JsonObject = {
    layers: [{ class_name: "StringLookup", config: { name: "lookup", ...layer } }],
  };
  const issues = await fillLearned(config, { saved, checkpoint }, notes, "saved_model.pb", budget);
  const [entry] = config.layers as [{ config: JsonObject }];
  const { vocabulary, idf_weights, bin_boundaries } = entry.config;
  return { vocabulary, idf_weights, bin_boundaries, issues };
}

describe("a vocabulary that a layer learned", () => {
  it.each<[string, JsonObject, SavedObjects, JsonArray]>([
    ["of texts is in the order of its numbers", {}, saved("texts", "numbers"), ["a", "b", "c"]],
    ["of integers", {}, saved("packed", "numbers"), [7, 5, 9]],
    ["of an inverted table", { invert: true }, saved("numbers", "texts"), ["a", "b", "c"]],
    ["in a list that was empty", { vocabulary: [] }, saved("texts", "numbers"), ["a", "b", "c"]],
    ["stays as the config says it", { vocabulary: ["x"] }, saved("texts", "numbers"), ["x"]],
  ])("%s", async (_, layer, from, expected) => {
    expect(await filled({ vocabulary: null, ...layer }, from)).toEqual({ vocabulary: expected, issues: [] });
  });

  it("is none where nothing was learned", async () => {
    const from = saved("texts", "numbers", false);
    expect(await filled({ vocabulary: null }, from)).toEqual({ vocabulary: null, issues: [] });
  });

  const weights = (dtype?: BundleEntry["dtype"]) =>
    checkpointOf("idf_weights", { numbers: [9, 9, 1, 2, 3, 0], shape: [6], ...(dtype && { dtype }) });

  it.each([
    [{}, [9, 1, 2]],
    [{ num_oov_indices: 2 }, [1, 2, 3]],
  ])("has the weights of its terms %j", async (more, expected) => {
    const layer = { vocabulary: null, output_mode: "tf_idf", ...more };
    const { vocabulary, idf_weights, issues } = await filled(layer, saved("texts", "numbers"), {
      checkpoint: weights(),
    });
    expect({ vocabulary, idf_weights, issues }).toEqual({
      vocabulary: ["a", "b", "c"],
      idf_weights: expected,
      issues: [],
    });
  });

  const weighed = { vocabulary: null, output_mode: "tf_idf" };
  const binned = { bin_boundaries: null, num_bins: 3 };

  it.each<[JsonObject, SavedObjects, Checkpoint, string]>([
    [weighed, saved("texts", "numbers"), checkpointOf(), "the terms and weights"],
    [{ ...weighed, num_oov_indices: 4 }, saved("texts", "numbers"), weights(), "the terms and weights"],
    [{ ...weighed, num_oov_indices: "4" }, saved("texts", "numbers"), weights(), "the terms and weights"],
    [weighed, saved("texts", "numbers"), weights("string"), "the terms and weights"],
    [{ vocabulary: null }, { ...saved("", ""), objects: [] }, checkpointOf(), "the terms"],
    [binned, saved("", ""), checkpointOf(), "the boundaries"],
    [binned, saved("", ""), checkpointOf("summary", { numbers: [1, 2, 3], shape: [3] }), "the boundaries"],
  ])("%j is told where it is not read", async (layer, from, checkpoint, what) => {
    const [issue, ...others] = (await filled(layer, from, { checkpoint })).issues;
    expect(issue?.message).toBe(
      `${what} that "lookup" learned are not read: give them to the layer as options.`,
    );
    expect(others).toEqual([]);
  });

  it.each<[string, JsonObject, Kept, JsonArray | null]>([
    ["of three bins", binned, { numbers: [1, 2, 3, 1, 1, 1], shape: [2, 3] }, [1, 2]],
    [
      "are no more than numbers were seen",
      { ...binned, num_bins: 2 ** 40 },
      { numbers: [1, 2, 1, 1], shape: [2, 2] },
      [1],
    ],
    ["are none where nothing was seen", binned, { numbers: [], shape: [2, 0] }, null],
  ])("boundaries %s", async (_, layer, kept, expected) => {
    const checkpoint = checkpointOf("summary", kept);
    const { bin_boundaries, issues } = await filled(layer, saved("", ""), { checkpoint });
    expect({ bin_boundaries, issues }).toEqual({ bin_boundaries: expected, issues: [] });
  });

  it.each([
    ["end with an infinite one", [1, 2, Number.POSITIVE_INFINITY], [1, 2]],
    ["are none where nothing was seen", [0, 0, 0], null],
  ])("boundaries of TensorFlow 2.5 %s", async (_, numbers, expected) => {
    const checkpoint = checkpointOf("bins", { numbers, shape: [3] });
    const { bin_boundaries, issues } = await filled(binned, saved("", ""), { checkpoint });
    expect({ bin_boundaries, issues }).toEqual({ bin_boundaries: expected, issues: [] });
  });

  it("is no longer than its budget says", async () => {
    const budget = new Budget(1, { jsonValues: 4 });
    await expect(filled({ vocabulary: null }, saved("texts", "numbers"), { budget })).rejects.toThrow(
      "saved_model.pb: expected at most 4 values of JSON",
    );
  });

  it("is looked for only where a config says none", () => {
    const has = (config: JsonObject) =>
      hasLearned({ layers: [{ config: { layers: [{ config }] } }] }, checkpointOf());
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
