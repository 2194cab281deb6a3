import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import * as names from "../layers/ended/aliases.ts";
import * as ended from "../layers/ended/index.ts";
import { planHdf5 } from "../saving/hdf5/plan.ts";
import { fileOf, goldenSample } from "../saving/saved-model/golden.fixture.ts";
import { checkModel } from "./check-model.ts";

const bytesOf = (path: string) => new Uint8Array(readFileSync(path));
const codesOf = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);

describe("what older programs wrote is tried as .keras files are", () => {
  it.each([
    ["1.2/models/images_tf_tensorflow.h5", "Sequential", 12, 12],
    ["1.2/models/merges_theano.h5", "Functional", 11, 2],
    ["2.9/models/mixed_float16.h5", "Functional", 5, 8],
    ["2.9/models/locally_connected.h5", "Functional", 8, 12],
    ["2.15/models/conv1d.keras", "Sequential", 11, 9],
  ])("%s", async (path, className, layers, tensors) => {
    expect(await checkModel(bytesOf(`golden/${path}`))).toMatchObject({
      usable: true,
      verdict: "clean",
      model: { class_name: className, layers },
      weights: { layers: { tensors } },
    });
  });

  it("a model of a class of somebody's own is not known, and its weights are not damaged", async () => {
    const report = await checkModel(bytesOf("golden/2.9/models/own_class.h5"));
    expect(report).toMatchObject({ usable: false, verdict: "unknown", model: { name: "own" } });
    expect(codesOf(report.findings)).toContain("unknown-weights");
  });

  it("weights behind what nobody can compute are not damaged", async () => {
    const range = { name: "range", function: "range", trainable: true, dtype: "float32" };
    const dense = { class_name: "Dense", name: "dense", config: { name: "dense", units: 2 } };
    const input = { name: "x", batch_input_shape: [null], dtype: "int32", sparse: false, ragged: false };
    const layers = [
      { class_name: "InputLayer", name: "x", config: input, inbound_nodes: [] },
      {
        class_name: "SlicingOpLambda",
        name: "last",
        config: { ...range, name: "last", function: "__operators__.getitem" },
        inbound_nodes: [["x", 0, 0, { slice_spec: 0 }]],
      },
      { class_name: "TFOpLambda", name: "range", config: range, inbound_nodes: [["last", 0, 0, {}]] },
      { ...dense, inbound_nodes: [[["range", 0, 0, {}]]] },
    ];
    const config = { name: "m", layers, input_layers: [["x", 0, 0]], output_layers: [["dense", 0, 0]] };
    const text = JSON.stringify({ class_name: "Functional", config });
    const array = { dtype: "float32", shape: [2], data: () => tensor([1.5, 2]) } as const;
    const ofDense = { attributes: [["weight_names", ["bias:0"]]], children: [["bias:0", array]] } as const;
    const weights = { attributes: [["layer_names", ["dense"]]], children: [["dense", ofDense]] } as const;
    const attributes = [
      ["keras_version", "2.9.0"],
      ["model_config", text],
    ] as const;
    const file = planHdf5({ attributes, children: [["model_weights", weights]] });
    const report = await checkModel(await file.toBytes());
    expect(report).toMatchObject({ usable: false, verdict: "unknown" });
    expect(report.findings.find(({ code }) => code === "unknown-weights")?.message).toBe(
      'expected the weights of 0 layers [], received those of 1 ["dense"]. What TFOpLambda "range" gives is not known here, so layers behind it have no weights.',
    );
  });

  const folder = "golden/tfjs/images";
  const files = new Map(readdirSync(folder).map((name) => [name, bytesOf(`${folder}/${name}`)]));

  it("a layers model of TensorFlow.js, with its files", async () => {
    expect(await checkModel(fileOf(files, "model.json"))).toMatchObject({
      usable: true,
      verdict: "clean",
      model: { class_name: "Sequential", layers: 6 },
      weights: { layers: { tensors: 5, parameters: 210, bytes: 840 } },
    });
    const alone = await checkModel(bytesOf(`${folder}/model.json`));
    expect(alone).toMatchObject({ usable: false, verdict: "clean", model: null });
    const cut = new Map(
      [...files].map(([name, bytes]) => [name, name === "model.json" ? bytes : bytes.slice(1)]),
    );
    expect(await checkModel(fileOf(cut, "model.json"))).toMatchObject({ usable: false, verdict: "damaged" });
  });

  it("a SavedModel, with its files", async () => {
    const { files } = await goldenSample("plain");
    const main = "saved/saved_model.pb";
    const report = await checkModel(fileOf(files, main));
    expect(report).toMatchObject({
      usable: true,
      verdict: "unknown",
      model: { class_name: "Sequential", name: "plain", layers: 2 },
      weights: { layers: { tensors: 3, parameters: 21, bytes: 84 } },
    });
    expect(codesOf(report.findings)).toEqual(["not-looked-into", "other-format"]);
    expect(await checkModel(files.get(main)!)).toMatchObject({ usable: false, verdict: "unknown" });
  });

  it("a SavedModel of functions has no model", async () => {
    const { files } = await goldenSample("function");
    const { usable, findings } = await checkModel(fileOf(files, "saved/saved_model.pb"));
    expect(usable).toBe(false);
    expect(findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("received one of TensorFlow's functions, which have no layers"),
    );
  });

  it("what a weight has not the numbers of is not usable", async () => {
    const bytes = bytesOf("golden/2.9/models/conv2d.h5").slice(0, -200);
    expect(await checkModel(bytes)).toMatchObject({ usable: false, verdict: "damaged" });
  });
});

describe("classes that only older versions name are known where their files are read", () => {
  const classes = [...Object.keys(ended), ...Object.keys(names)];
  const others = ["SyncBatchNormalization", "CuDNNLSTM", "CuDNNGRU"];
  const modules = [
    null,
    "keras.layers",
    "keras.layers.experimental",
    "keras.engine.base_layer",
    "keras.src.engine.base_layer",
    "tf_keras.src.layers.core.tf_op_layer",
  ];
  const unknownIn = async (className: string, module: string | null) => {
    const layer = { class_name: className, config: {}, ...(module === null ? {} : { module }) };
    const text = JSON.stringify({ class_name: "Sequential", config: { name: "s", layers: [layer] } });
    const { findings } = await checkModel(new TextEncoder().encode(text));
    return findings.filter(({ message }) => message.startsWith("names the class"));
  };

  it.each([...classes, ...others])("%s", async (name) => {
    for (const module of modules) expect(await unknownIn(name, module)).toEqual([]);
    expect(codesOf(await unknownIn(name, "elsewhere.layers"))).toEqual(["foreign-class"]);
    expect(codesOf(await unknownIn(`mine>${name}`, null))).toEqual(["unknown-class"]);
  });

  it.each([
    "2.9/models/normalizing.h5",
    "2.9/models/optimizer_experimental_adam.h5",
    "2.13/models/normalizing.keras",
    "2.15/models/added_losses.keras",
  ])("%s", async (path) => {
    expect(await checkModel(bytesOf(`golden/${path}`))).toMatchObject({ usable: true, verdict: "clean" });
  });

  it.each(["Mine", "Custom>Mine", "Custom>Dense", "mine>Adam"])("%s is somebody's own", async (name) => {
    expect(codesOf(await unknownIn(name, null))).toEqual(["unknown-class"]);
  });
});
