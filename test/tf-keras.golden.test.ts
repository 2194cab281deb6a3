import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { reference } from "../src/engines/reference/index.ts";
import { flatten, type Nested } from "../src/graph/nested.ts";
import { modelFromJson } from "../src/index.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { stringifyPythonJson } from "../src/json/stringify.ts";
import type { Layer } from "../src/layers/layer.ts";
import { knowOlderLayers } from "../src/layers/tf-keras/know.ts";
import { cloneModel as cloneWithOptions } from "../src/models/clone-model.ts";
import { Functional } from "../src/models/functional.ts";
import type { Model } from "../src/models/model.ts";
import { Sequential } from "../src/models/sequential.ts";
import { loadModel } from "../src/node.ts";
import { deserializeOwned } from "../src/registry/deserialize.ts";
import { serialize } from "../src/registry/serialize.ts";
import { openArchive } from "../src/saving/archive.ts";
import { Budget } from "../src/saving/budget.ts";
import { openWeights } from "../src/saving/formats/keras.ts";
import { type Hdf5Dataset, type Hdf5Group, objectAt, openHdf5 } from "../src/saving/hdf5/index.ts";
import { saveHdf5Model } from "../src/saving/hdf5-model/save-model.ts";
import { gather, toBytes } from "../src/saving/save-model.ts";
import { memorySource } from "../src/saving/sources.ts";
import { castTensor } from "../src/tensor/cast.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { cloneModel, modelToJson } from "../src/tf-keras/index.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import { goldenObjects } from "./golden-custom.ts";
import { nestedTensors, type TfKerasRecord, tfKerasModels } from "./golden-tf-keras.ts";

interface LayerCase {
  readonly id: string;
  readonly config_text: string;
  readonly call?: { readonly args: readonly unknown[]; readonly kwargs: Readonly<Record<string, unknown>> };
  readonly inputs?: readonly TensorRecord[];
  readonly outputs?: readonly (TensorRecord | null)[];
  readonly weights?: readonly (TensorRecord & { readonly name: string })[];
}

const folder = new URL("../golden/2.9/layers/", import.meta.url);

/** Layers of TensorFlow 2.9 that cannot be read, or not computed, and what says so. */
const refused: Readonly<Record<string, string | RegExp>> = {
  "AdditiveAttention causal":
    "causal: expected false here, because Keras 3 has it in calls (use_causal_mask), received true.",
  "Attention causal":
    "causal: expected false here, because Keras 3 has it in calls (use_causal_mask), received true.",
  "BatchNormalization axes": "expected an integer, received [1, 2]",
  "Discretization adapted": "expected bin_boundaries, received none",
  "GRU time_major": "time_major: expected false, because Keras 3 has no such option, received true.",
  "LSTM time_major": "time_major: expected false, because Keras 3 has no such option, received true.",
  "Lambda arguments": "expected a function of JavaScript, received one of Python",
  "Lambda named": "expected a function of JavaScript, received one of Python",
  "Lambda one": "expected a function of JavaScript, received one of Python",
  "RandomFourierFeatures all": 'unknown class "RandomFourierFeatures"',
  "RandomFourierFeatures defaults": 'unknown class "RandomFourierFeatures"',
  "Resizing area": 'received "area"',
  "Resizing gaussian": 'received "gaussian"',
  "Resizing mitchellcubic": 'received "mitchellcubic"',
  "SimpleRNN time_major": "time_major: expected false, because Keras 3 has no such option, received true.",
  "StringLookup adapted": "expected a vocabulary, received none",
  "TextVectorization all": "expected a vocabulary, received none",
};

/** How far numbers may be where TensorFlow computes in few bits, or of a table: of 1024 steps for the cubic filter. */
const tolerances: Readonly<Record<string, number>> = {
  "Dense float16": 2 ** -10,
  "Dense mixed": 2 ** -10,
  "Resizing bicubic": 2e-3,
};

describe("layers of TensorFlow 2.9", () => {
  knowOlderLayers();
  for (const file of readdirSync(folder)) {
    const { cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as { cases: LayerCase[] };
    for (const record of cases) {
      const name = `${file.replace(".json", "")} ${record.id}`;
      it(name, () => {
        const problem = refused[name];
        if (problem !== undefined) expect(() => checkLayer(record, name)).toThrow(problem);
        else checkLayer(record, name);
      });
    }
  }
});

function read(text: string, dialect: number): Layer {
  const options = { registry: builtins, customObjects: goldenObjects, dialect };
  return deserializeOwned(parsePythonJson(text), options) as Layer;
}

function checkLayer(
  { config_text: text, call, inputs, outputs, weights = [] }: LayerCase,
  name: string,
): void {
  const layer = read(text, 209);
  expect(stringifyPythonJson(serialize(layer))).toBe(text);
  if (!call || !inputs || !outputs) return;
  const tensors = inputs.map(recordTensor);
  const compute = (called: Layer) => flatten(called.invoke(...argumentsOf(call, tensors)) as Nested<Tensor>);
  compute(layer);
  const made = [...layer.trainableWeights, ...layer.nonTrainableWeights];
  const given = weights.filter(({ name }) => name !== "Variable:0");
  expect(made.length).toBe(given.length);
  for (const [i, variable] of made.entries()) {
    const value = recordTensor(given[i]!);
    if (value.dtype === "int64") variable.widen();
    variable.assign(value);
  }
  (layer as { resetState?: () => void }).resetState?.();
  const results = compute(layer);
  expect(results.length).toBe(outputs.length);
  for (const [i, output] of outputs.entries())
    if (output) expectClose(results[i]!, recordTensor(output), `output ${i}`, tolerances[name]);
}

type Filled = readonly [args: unknown[], kwargs: Record<string, unknown>];

/** A call's arguments with tensors in place of `{"$input": 0}`. */
function argumentsOf({ args, kwargs }: NonNullable<LayerCase["call"]>, tensors: readonly Tensor[]): Filled {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    if ("$input" in value) return tensors[Number(value.$input)];
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)]));
  };
  return [args.map(fill), fill(kwargs) as Record<string, unknown>];
}

/** Whole models that are not read, or not written back as they were, and why. */
const refusedModels: Readonly<Record<string, string>> = {
  own_class: 'unknown class "Mine"',
  python_lambda: "expected a function of JavaScript, received one of Python",
  seq_own_class: 'unknown class "MineInARow"',
};

/** Models whose names have a `/`, which Keras 3 takes in none: they have others here. */
const renamed = new Set(["slashes"]);

/** Models of which a clone here says something else than TensorFlow's. */
const clonedOtherwise: Readonly<Record<string, string>> = {
  normalizing: "a SyncBatchNormalization is a BatchNormalization that is synchronized",
  op_constants: "numbers of a list that TensorFlow takes apart",
  slashes: "other names",
};

/** Some compute in half precision. */
const modelTolerances: Readonly<Record<string, number>> = {
  dtypes: 2 ** -10,
  mixed_float16: 2 ** -10,
  new_mixed: 2 ** -10,
  optimizer_mixed_float16: 2 ** -10,
};

describe("whole models of TensorFlow 2.9", () => {
  for (const record of tfKerasModels("2.9")) {
    const { id, file } = record;
    if (file === null) continue;
    it(id, async () => {
      const problem = refusedModels[id];
      if (problem !== undefined) await expect(checkModel(record, file)).rejects.toThrow(problem);
      else await checkModel(record, file);
    });
  }
});

async function checkModel(record: TfKerasRecord, file: string): Promise<void> {
  const { id, inputs, outputs, to_json: text, clone_json: cloned } = record;
  const model = await loadModel(file, { customObjects: goldenObjects });
  if (!renamed.has(id)) expect(model.toJson()).toBe(text);
  if (inputs && outputs) await checkNumbers(id, model, inputs, outputs);
  if (clonedOtherwise[id] === undefined) expect(cloneModel(model).toJson()).toBe(cloned);
}

/** What the model computes, and a clone of it by configs that were put together. */
async function checkNumbers(
  id: string,
  model: Model,
  inputs: NonNullable<TfKerasRecord["inputs"]>,
  outputs: NonNullable<TfKerasRecord["outputs"]>,
): Promise<void> {
  const xs = nestedTensors(inputs);
  const predicted = await model.predict(xs, { engine: reference });
  const results = flatten(predicted as Nested<Tensor>);
  const expected = flatten(nestedTensors(outputs));
  expect(results.length).toBe(expected.length);
  for (const [i, output] of expected.entries()) {
    // Places are counted in int32, as Keras 3 does.
    const isPlace = id === "op_reducing" && output.dtype === "int64";
    const wanted = isPlace ? castTensor(output, "int32") : output;
    expectClose(results[i]!, wanted, `output ${i}`, modelTolerances[id] ?? 3e-6);
  }
  if (!(model instanceof Functional || model instanceof Sequential)) return;
  const put = cloneWithOptions(model, {
    cloneFunction: (layer) => layer.constructor.fromConfig({ ...layer.getConfig() } as object) as Layer,
    weights: "copy",
  });
  expect(await put.predict(xs, { engine: reference })).toEqual(predicted);
}

/** Groups that hold nothing that is kept here: states of metrics, and the layer that a Bidirectional was made of. */
const leftOut =
  /\/(?:metrics|add_(?:loss|metric)|(?:tf|slicing)_op_lambda(?:_\d+)?|bidirectional(?:_\d+)?\/layer)(?:\/|$)/;

async function filesIn(bytes: Uint8Array) {
  const archive = await openArchive(memorySource(bytes), "model.keras", new Budget(bytes.length));
  const text = async (name: string) => new TextDecoder().decode(await archive.members.get(name)?.read());
  return { text, weights: await openWeights(archive, "model.keras") };
}

/** All that is in a group, by its path: numbers, or null of a group. */
async function contentsOf(
  group: Hdf5Group,
  found = new Map<string, unknown>(),
): Promise<Map<string, unknown>> {
  for (const child of group.children.values()) {
    if (leftOut.test(child.path)) continue;
    if (child.kind === "dataset") found.set(child.path, [child.dtype, (await child.read()).toArray()]);
    else {
      found.set(child.path, null);
      await contentsOf(child, found);
    }
  }
  return found;
}

/** Models that were compiled and never trained: Keras 2 writes how many steps that was. */
const untrained = new Set(["new_dense_stack", "new_two_outputs"]);

describe.each(["2.13", "2.15"])("files of Keras %s", (version) => {
  for (const { id, file, to_json: text } of tfKerasModels(version)) {
    it(`${id} is written as it was`, async () => {
      const model = await loadModel(file!, { customObjects: goldenObjects });
      if (!renamed.has(id))
        expect(model.toJson()).toBe(text.replace(/"2\.\d+\.\d+"(?=, "backend")/, `"${version}.0"`));
      const given = await filesIn(readFileSync(file!));
      const written = await filesIn(await toBytes(model, { keras: version }));
      if (!renamed.has(id)) expect(await written.text("config.json")).toBe(await given.text("config.json"));
      expect(await written.text("metadata.json")).toBe(await given.text("metadata.json"));
      if (!untrained.has(id))
        expect(await contentsOf(written.weights.root)).toEqual(await contentsOf(given.weights.root));
    });
  }
});

describe("files from one Keras 2 to another", () => {
  it("name the module of a model whose text names its class alone, without which 2.15 does not find it", async () => {
    const dense = { class_name: "Dense", config: { name: "d", units: 1, batch_input_shape: [null, 2] } };
    const config = { name: "s", layers: [dense] };
    const text = { class_name: "Sequential", config, keras_version: "2.15.0", backend: "tensorflow" };
    const written = await filesIn(await toBytes(modelFromJson(JSON.stringify(text)), { keras: "2.15" }));
    const given = { module: "keras", class_name: "Sequential", config, registered_name: null };
    expect(JSON.parse(await written.text("config.json"))).toMatchObject(given);
  });

  it("so does one of Keras 3, whose HDF5 files name the class alone, too", async () => {
    const dense = { module: "keras.layers", class_name: "Dense", config: { name: "d", units: 1 } };
    const text = { class_name: "Sequential", config: { name: "s", layers: [dense] } };
    const written = await filesIn(await toBytes(modelFromJson(JSON.stringify(text), { dialect: 306 })));
    const given = { module: "keras", class_name: "Sequential", registered_name: null };
    expect(JSON.parse(await written.text("config.json"))).toMatchObject(given);
  });

  it("what a layer says beside is kept, where it says its module and where it does not", async () => {
    const config = { name: "d", units: 1 };
    const whole = { module: "keras.layers", class_name: "Dense", config, registered_name: null };
    const layers = [
      { ...whole, note: "hello" },
      { class_name: "Dense", config: { ...config, name: "e" }, note: "bare" },
    ];
    const text = { class_name: "Sequential", config: { name: "s", layers } };
    const written = await filesIn(await toBytes(modelFromJson(JSON.stringify(text), { dialect: 306 })));
    expect(JSON.parse(await written.text("config.json")).config.layers).toEqual([
      layers[0],
      { ...whole, ...layers[1] },
    ]);
  });

  const load = (version: string, id: string) =>
    loadModel(tfKerasModels(version).find((record) => record.id === id)!.file!, { compile: false });

  it("have the means that add_metric gave a model, which is not compiled", async () => {
    const { weights } = await filesIn(await toBytes(await load("2.15", "added_losses"), { keras: "2.15" }));
    const own = weights.root.children.get("metrics") as Hdf5Group;
    const found = new Map<string, unknown>();
    for (const path of ["mean/vars/0", "mean/vars/1"])
      found.set(path, (await (objectAt(own, path) as Hdf5Dataset).read()).toArray());
    expect([...own.children.keys()]).toEqual(["mean"]);
    expect([...found.values()]).toEqual([0, 0]);
  });

  it("have none of them in another version, whose graph says nothing of them", async () => {
    const { weights } = await filesIn(await toBytes(await load("2.9", "added_losses"), { keras: "2.15" }));
    expect(weights.root.children.has("metrics")).toBe(false);
  });

  it.each([
    ["2.9", "2.15"],
    ["2.15", "2.9"],
    ["2.15", "2.13"],
  ])("from %s to %s, statistics that are shared stay so", async (from, to) => {
    const text = modelToJson(await load(from, "normalizing"), { keras: to });
    expect(text).toContain('"class_name": "SyncBatchNormalization", "config": {"name": "sync_batch');
    expect(text).not.toContain("synchronized");
  });
});

describe("optimizers of TensorFlow 2.9 that have learned", () => {
  for (const { id, file, training } of tfKerasModels("2.9")) {
    if (!file || !training?.optimizer_weights.length) continue;
    it(`${id} keeps what it has learned, in TensorFlow's order`, async () => {
      const bytes = await gather(saveHdf5Model(await loadModel(file)));
      const { root } = await openHdf5(memorySource(bytes), { name: "model.h5" });
      const state = root.children.get("optimizer_weights") as Hdf5Group;
      const names = state.attributes.get("weight_names") as readonly string[];
      // The scope that an optimizer which scales the loss happened to run in is left out.
      expect(names).toEqual(training.optimizer_weights.map(({ name }) => name.replace(/^cond_1\//, "")));
      for (const [i, name] of names.entries()) {
        const array = objectAt(root, `/optimizer_weights/${name}`) as Hdf5Dataset;
        expect(await array.read()).toEqual(recordTensor(training.optimizer_weights[i]!));
      }
    });
  }

  it("one that scales the loss begins with the first scale, and goes on with what the one inside has learned", async () => {
    const model = await loadModel(
      tfKerasModels("2.9").find(({ id }) => id === "optimizer_mixed_float16")!.file!,
    );
    const values = (model.optimizer?.variables ?? []).map(({ path, value }) => [
      path.replace(/^.*\//, ""),
      Number(value.data[0]),
    ]);
    expect(values.slice(0, 5)).toEqual([
      ["iteration", 0],
      ["learning_rate", 0],
      ["step_counter", 0],
      ["dynamic_scale", 32768],
      ["iteration", 1],
    ]);
    expect(values.length).toBe(14);
  });
});

/** Models of which a text that went through Keras 3 says something else, by version and by what. */
const saidOtherwise: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "2.9": {
    "Keras 3 does not have it": "activations conv_lstm conv_lstm_1d_3d gru images locally_connected",
    "what is shared, which Keras 3 says in files alone":
      "new_shared_in_convolutions new_shared_objects new_shared_with_inner new_stacked_cells shared_initializer",
    "whether a first layer was given a shape, or built for one":
      "nested_deep seq_built seq_called seq_nested",
    "whether a layer was adapted before it was called": "normalization",
    "what Keras 3 has in another form": "added_losses op_comparing python_lambda",
    "masks that Keras 3 looks at where calls say them": "given_masks masked_translation",
    names: "slashes",
    "functions that no operation is written as":
      "op_elementwise op_multiplying op_networks op_on_inner_models op_reducing op_shaping",
  },
  "2.15": {
    "Keras 3 does not have it": "activations conv_lstm gru",
    "what a layer without weights was built for":
      "bidirectional_mask conv1d conv2d conv3d embedding_mask_lstm mixed_float16 new_conv_stack new_dense_stack normalizing seq_embedding seq_input_shape",
    "what a model inside, or a layer of several inputs, was built for":
      "encoder_decoder multi_head nested_deep new_attention new_shared_with_inner seq_of_graphs",
    "whether a first layer was given a shape, or built for one": "seq_called seq_nested",
    "what Keras 3 has in another form":
      "added_losses attention normalization numbers op_arithmetic op_between_layers text_vectorization words",
    names: "slashes",
  },
};

describe.each(["2.9", "2.15"])("texts of Keras %s, once through Keras 3,", (version) => {
  const others = new Set(Object.values(saidOtherwise[version] ?? {}).flatMap((ids) => ids.split(" ")));
  for (const { id, file, to_json: text } of tfKerasModels(version)) {
    if (!file || refusedModels[id] !== undefined || others.has(id)) continue;
    it(`are the same again: ${id}`, async () => {
      const model = await loadModel(file, { customObjects: goldenObjects });
      const through = modelFromJson(model.toJson({ keras: "3.6" }));
      expect(modelToJson(through, { keras: version })).toBe(text);
    });
  }
});
