import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { exportOnnx, exportOnnxFiles } from "../../src/engines/onnx/index.ts";
import { onnxruntime } from "../../src/engines/onnxruntime/index.ts";
import * as ceratops from "../../src/index.ts";
import * as layers from "../../src/layers/index.ts";
import { exportModelFiles } from "../../src/models/export-model.ts";
import { openInputs, trace } from "../../src/models/trace.ts";
import * as files from "../../src/node.ts";
import * as ops from "../../src/ops/index.ts";
import { drawGraph, layoutGraph, modelGraph, plotModel } from "../../src/picture/index.ts";
import * as saving from "../../src/saving/index.ts";
import { checkLayer } from "../../src/testing/index.ts";
import { layerFiles, optionsOf } from "../golden-layers.ts";
import { junk, rawErrors } from "./junk.fixture.ts";

/** The names of the options that a function has looked at last, by the object it was given. */
const looked = vi.hoisted(() => new WeakMap<object, readonly string[]>());
vi.mock("../../src/json/check-options.ts", async (original) => {
  const { checkOptions, ...others } = await original<typeof import("../../src/json/check-options.ts")>();
  return {
    ...others,
    checkOptions: ((where, options, names, kind) => {
      if (typeof options === "object" && options !== null) looked.set(options, Object.keys(names));
      return checkOptions(where, options, names, kind);
    }) as typeof checkOptions,
  };
});

const { cloneModel, deserialize, Functional, Input, modelFromJson, Sequential, tensor, Variable } = ceratops;

const folder = mkdtempSync(join(tmpdir(), "junk-"));
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }));
const at = (name: string) => join(folder, name);

const small = () => new Sequential([Input({ shape: [3] }), new layers.Dense({ units: 2 })]);
const model = small();
const { program } = trace(model, openInputs(model.input));
const keras = await saving.toBytes(model);
const x = tensor([[1, 2, 3]]);
const pixels = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 } as const;
const initialize = () => x;
await files.saveWeights(model, at("w.weights.h5"));

/** Functions with options that are no fields, and what they must be given beside junk. */
const functions: readonly (readonly [string, (options: never) => unknown, object])[] = (
  [
    ["cloneModel", (options) => cloneModel(model, options)],
    ["predict", (options) => model.predict(x, options)],
    ["load", (options) => small().load(options)],
    ["export", (options) => model.export(options)],
    ["summary", (options) => model.summary(options)],
    ["summaryData", (options) => ceratops.summaryData(model, options)],
    ["toJson", (options) => model.toJson(options)],
    ["modelFromJson", (options) => modelFromJson(model.toJson(), options)],
    ["deserialize", (options) => deserialize(ceratops.serialize(model), options)],
    ["parsePythonJson", (options) => ceratops.parsePythonJson("[1]", options)],
    ["stringifyPythonJson", (options) => ceratops.stringifyPythonJson([1], options)],
    ["tensor", (options) => tensor([1, 2], options)],
    ["tensorFromImage", (options) => ceratops.tensorFromImage(pixels as never, options)],
    ["decodePredictions", (options) => ceratops.decodePredictions(x, options), { labels: ["a", "b", "c"] }],
    ["Sequential", (options) => new Sequential([], options)],
    ["Functional", (options) => new Functional(options), { inputs: model.input, outputs: model.output }],
    ["Input", (options) => Input(options), { shape: [3] }],
    [
      "Variable",
      (options) => new Variable(options),
      { name: "v", shape: [1, 3], dtype: "float32", initialize },
    ],
    [
      "addWeight",
      (options) =>
        new (class extends layers.Dense {
          add = (o: never) => this.addWeight(o);
        })({ units: 1 }).add(options),
    ],
    ["loadModel", (options) => saving.loadModel(keras, options)],
    ["loadWeights", (options) => saving.loadWeights(small(), keras, options)],
    ["readMetadata", (options) => saving.readMetadata(keras, options)],
    ["saveModel", (options) => saving.saveModel(model, options)],
    ["toBytes", (options) => saving.toBytes(model, options)],
    ["saveWeights", (options) => saving.saveWeights(model, options)],
    ["httpSource", (options) => saving.httpSource("data:,x", options)],
    ["loadModel of Node", (options) => files.loadModel(keras, options)],
    ["loadWeights of Node", (options) => files.loadWeights(small(), at("w.weights.h5"), options)],
    ["saveModel of Node", (options) => files.saveModel(model, at("s.keras"), options)],
    ["saveWeights of Node", (options) => files.saveWeights(model, at("s.weights.h5"), options)],
    ["exportOnnx of Node", (options) => files.exportOnnx(model, at("s.onnx"), options)],
    ["exportModelFiles", (options) => exportModelFiles(model, options)],
    ["exportOnnx of a program", (options) => exportOnnx(program, options)],
    ["exportOnnxFiles", (options) => exportOnnxFiles(program, options), { largest: 1 }],
    ["onnxruntime", async (options) => (await onnxruntime(options).compile(program)).run([x])],
    ["modelGraph", (options) => modelGraph(model, options)],
    ["layoutGraph", (options) => layoutGraph(modelGraph(model), options)],
    ["drawGraph", (options) => drawGraph(modelGraph(model), options)],
    ["plotModel", (options) => plotModel(model, options)],
    [
      "checkLayer",
      (options) => checkLayer(() => new layers.Dense({ units: 1 }), options),
      { inputs: [null, 3] },
    ],
    ["convertToTensor", (options) => ops.convertToTensor(x, options)],
    ["eye", (options) => ops.eye(2, 2, options)],
    ["batchNormalization", (options) => ops.batchNormalization(x, x, x, options), { axis: -1 }],
  ] satisfies readonly (readonly [string, (options: never) => unknown, object?])[]
).map(([name, run, needed = {}]) => [name, run, needed] as const);

describe("options of functions", () => {
  it.each(functions)("%s says in words what is wrong", async (name, run, needed) => {
    const right = { ...needed };
    expect(await rawErrors(name, () => run(right as never))).toEqual([]);
    const options = looked.get(right) ?? Object.keys(right);
    expect(options).not.toEqual([]);
    const raw: string[] = [];
    for (const option of options) {
      for (const [shown, thing] of junk) {
        const given = { ...needed, [option]: thing } as never;
        raw.push(...(await rawErrors(`${name}({ ${option}: ${shown} })`, () => run(given))));
      }
    }
    expect(raw.join("\n")).toBe("");
  });
});

/** A config of each layer, as Keras wrote it. */
const cases = layerFiles("3.6").flatMap(({ cases: [first] }) =>
  first ? [[first.class_name, first.config_text] as const] : [],
);

describe("options of layers", () => {
  it.each(cases)("%s says in words what is wrong", async (_, text) => {
    const layer = deserialize(ceratops.parsePythonJson(text) as object, {
      onUnknown: () => {},
    }) as layers.Layer;
    const { constructor: cls } = layer;
    const options = optionsOf(layer);
    const config = layer.getConfig();
    const raw: string[] = [];
    const Class = cls as unknown as new (options: object) => layers.Layer;
    for (const option of Object.keys(cls.fields)) {
      for (const [shown, thing] of junk) {
        const where = `${cls.className}({ ${option}: ${shown} })`;
        raw.push(
          ...(await rawErrors(where, () => String(new Class({ ...options, [option]: thing }).getConfig()))),
        );
        raw.push(
          ...(await rawErrors(`fromConfig ${where}`, () => cls.fromConfig({ ...config, [option]: thing }))),
        );
      }
    }
    expect(raw.join("\n")).toBe("");
  });
});
