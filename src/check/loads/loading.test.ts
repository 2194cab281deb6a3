import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { checkModel } from "../index.ts";
import { loadingOfJson, loadingOfModel, loadingOfSavedModel, loadingOfYaml } from "./index.ts";
import { type Loading, loadingOf, loadsIn } from "./loading.ts";

const golden = (name: string) => new Blob([readFileSync(`golden/${name}`)]);
const ranges = (loads: readonly Loading[]) =>
  loads.map(({ program, versions, loads }) => `${program} ${versions[0]} to ${versions.at(-1)}: ${loads}`);

describe("what becomes of a file", () => {
  it("is the same for versions one after the other that have the same against it", () => {
    const found = loadingOf([
      { program: "keras", versions: [300, 303], text: "a" },
      { program: "keras", versions: [302, 302], text: "b" },
      { program: "keras", versions: [302, 305], text: "c", isUnsure: true },
    ]);
    expect(ranges(found)).toEqual([
      "keras 3.0 to 3.1: false",
      "keras 3.2 to 3.2: false",
      "keras 3.3 to 3.3: false",
      "keras 3.4 to 3.5: null",
      "keras 3.6 to 3.16: true",
      "tf_keras 2.9 to 2.15: true",
      "tensorflow.js 4.22 to 4.22: true",
    ]);
    expect(found.map(({ against }) => against.join()).slice(0, 4)).toEqual(["a", "a,b", "a", "c"]);
    expect(["3.3.3", "3.4.1", "3.16.0", "3.17.0"].map((version) => loadsIn(found, "keras", version))).toEqual(
      [false, null, true, null],
    );
  });

  it("is not listed without end", () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      program: "keras" as const,
      versions: [300, 316] as const,
      text: `${i}`,
    }));
    expect(loadingOf(many)[0]?.against).toHaveLength(51);
    expect(loadingOf(many)[0]?.against.at(-1)).toBe("10 more of the kind");
  });
});

it("a layer that tf.keras does not find by its name is said, though versions of it wrote the file", () => {
  const layer = { class_name: "SpectralNormalization", config: { name: "x" } };
  const model = { class_name: "Sequential", config: { name: "m", layers: [layer] } };
  const loads = loadingOfModel(model, "2.15.0", "an HDF5 file");
  const found = loads.filter(({ program }) => program === "tf_keras");
  expect(found.map(({ loads }) => loads)).toEqual([false]);
  expect(found[0]!.against[0]).toMatch(/^layer "x": SpectralNormalization, /);
});

it.each<[what: string, entry: JsonObject, against: readonly string[]]>([
  [
    "an operation",
    { class_name: "Multiply", config: {} },
    ['operation "Multiply", which is named without its module'],
  ],
  ["somebody's own layer", { class_name: "mine>MyLayer", config: { units: 3 } }, []],
  ["a name that is none", { class_name: { toString: 1 }, config: {} }, []],
])("what stands against whole HDF5 files of Keras 3 is %s", (_, entry, against) => {
  const model = { class_name: "Functional", config: { name: "m", layers: [entry] } };
  const loads = loadingOfModel(model, "3.6.0", "an HDF5 file");
  const newest = loads.findLast(({ program }) => program === "keras")!;
  expect(newest.against).toEqual(against);
});

it.each([
  ["3.0.0", true],
  ["3.2.0", null],
  ["3.6.0", null],
])("Keras 3.0 may not load a whole HDF5 file of a later one: %s", (version, expected) => {
  const model = { class_name: "Sequential", config: { name: "m", layers: [] } };
  const loads = loadingOfModel(model, version, "an HDF5 file");
  const oldest = loads.find(({ program, versions }) => program === "keras" && versions.includes("3.0"));
  expect(oldest?.loads).toBe(expected);
});

it("what becomes of a text of Keras 3 without modules is not known", () => {
  const model = { class_name: "Sequential", config: { name: "m", layers: [] }, keras_version: "3.6.0" };
  const loads = loadingOfJson(model).filter(({ program }) => program === "keras");
  expect(loads.map(({ loads }) => loads)).toEqual([null]);
});

/** What stands against a model of one layer of Keras 2 in Keras 3.6. */
function against(className: string, config: Record<string, JsonValue>): readonly string[] {
  const layer = { class_name: className, config: { name: "x", ...config } };
  const model = { class_name: "Sequential", config: { name: "m", layers: [layer] } };
  const loads = loadingOfModel(model, "2.9.0", "an HDF5 file");
  return (
    loads.find(({ program, versions }) => program === "keras" && versions.includes("3.6"))?.against ?? []
  );
}

it.each<[className: string, config: Record<string, JsonValue>, against: string]>([
  ["LSTM", { time_major: false }, "LSTM.time_major, which ended with Keras 2"],
  ["Attention", { causal: true }, "Attention.causal, which ended with Keras 2"],
  ["DepthwiseConv2D", { groups: 1 }, "DepthwiseConv2D.groups, which ended with Keras 2"],
  ["TFOpLambda", {}, "TFOpLambda, which ended with Keras 2"],
  [
    "TimeDistributed",
    { layer: { class_name: "Dense", config: {} } },
    "TimeDistributed.layer: Dense, which is named without its module",
  ],
  ["Dense", { dtype: { class_name: "Policy", config: {} } }, "a dtype policy that is a dict without module"],
  ["Dense", { name: "a/b" }, "a / in its name"],
])("of Keras 2 in Keras 3.6: %s %j", (className, config, text) => {
  const name = config.name ?? "x";
  expect(against(className, config)).toEqual([`layer "${String(name)}": ${text}`]);
});

it.each([
  ["Dense", { activation: "relu" }],
  ["Conv2D", { groups: 2 }],
  ["Embedding", { input_length: 3 }],
  ["constructor", { constructor: 1 }],
])("of Keras 2 nothing in Keras 3.6: %s", (className, config) => {
  expect(against(className, config)).toEqual([]);
});

it("tells calls of another model, from Keras 3.14 on", async () => {
  const { loads } = await checkModel(golden("3.6/files/shared_layers.keras"));
  expect(ranges(loads).filter((text) => text.startsWith("keras"))).toEqual([
    "keras 3.0 to 3.13: true",
    "keras 3.14 to 3.16: false",
  ]);
});

it("tells of SavedModels, configs in YAML, layers models of TensorFlow.js, and of JSON that is none", () => {
  expect(ranges(loadingOfSavedModel())).toEqual([
    "keras 3.0 to 3.16: false",
    "tf_keras 2.9 to 2.15: null",
    "tensorflow.js 4.22 to 4.22: false",
  ]);
  expect(loadingOfYaml().map(({ loads }) => loads)).toEqual([false, false, false]);
  const graph = loadingOfJson({ format: "graph-model", modelTopology: {} });
  expect(graph.map(({ loads }) => loads)).toEqual([false, false, false]);
  const layers = (className: string) => ({
    modelTopology: {
      class_name: "Sequential",
      config: [{ class_name: className, config: { name: "d", trainable: true } }],
    },
  });
  expect(loadingOfJson(layers("Dense")).at(-1)).toMatchObject({ program: "tensorflow.js", loads: true });
  expect(loadingOfJson(layers("Subtract")).at(-1)).toMatchObject({
    loads: false,
    against: ['layer "d": Subtract, which TensorFlow.js has not'],
  });
  const outputs = (...ends: JsonValue[]) => ({
    modelTopology: {
      class_name: "Functional",
      config: { name: "m", layers: [], input_layers: [["x", 0, 0]], output_layers: ends },
    },
  });
  const tensor = (layer: string, index = 0): JsonValue => [layer, 0, index];
  const [x, y] = [tensor("x"), tensor("y")];
  expect(loadingOfJson(outputs(x, y, tensor("y", 1), x)).at(-1)).toMatchObject({ loads: true });
  expect(loadingOfJson(outputs(y, x, y)).at(-1)).toMatchObject({
    loads: false,
    against: ['model "m": one tensor as several outputs, which it loads and computes once alone'],
  });
  expect(loadingOfJson({ a: 1 })).toEqual([]);
});
