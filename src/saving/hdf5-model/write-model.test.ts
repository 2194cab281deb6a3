import { describe, expect, it } from "vitest";
import { goldenObjects } from "../../../test/golden-custom.ts";
import { tfKerasModels } from "../../../test/golden-tf-keras.ts";
import { Input, Model, Sequential } from "../../index.ts";
import {
  BatchNormalization,
  Dense,
  GroupNormalization,
  Identity,
  LSTM,
  Rescaling,
  RMSNormalization,
} from "../../layers/index.ts";
import { loadModel as open } from "../../node.ts";
import { add, erf, logaddexp, multiply } from "../../ops/index.ts";
import { type Hdf5Group, openHdf5 } from "../hdf5/index.ts";
import { loadModel } from "../load.ts";
import { gather } from "../save-model.ts";
import { memorySource } from "../sources.ts";
import { saveHdf5Model } from "./save-model.ts";

async function again(model: Model, keras?: string): Promise<Model> {
  return loadModel(await gather(saveHdf5Model(model, { keras })), { customObjects: goldenObjects });
}

/** Models that a file says something else of, and why. */
const otherwise: Readonly<Record<string, string>> = {
  optimizer_experimental_adam: "its optimizer is written as the one of 2.9",
  optimizer_mixed_float16: "its optimizer is a LossScaleOptimizer",
  own_class: "its class is not known here",
  python_lambda: "its functions are Python's",
  seq_own_class: "its class is not known here",
};

describe("whole-model HDF5 files", () => {
  for (const { id, file } of tfKerasModels("2.9")) {
    if (file === null || otherwise[id] !== undefined) continue;
    it(`of ${id} say what was read`, async () => {
      const model = await open(file, { customObjects: goldenObjects });
      model.optimizerState = null;
      const found = await again(model);
      expect(found.toJson()).toBe(model.toJson());
      expect(found.getCompileConfig()).toEqual(model.getCompileConfig());
      await model.load();
      await found.load();
      expect(found.getWeights().map((tensor) => tensor.toArray())).toEqual(
        model.getWeights().map((tensor) => tensor.toArray()),
      );
    });
  }

  it("have the layers, calls and operations of new models as Keras 2.9 writes them", async () => {
    const x = Input({ shape: [4, 3], name: "x" });
    const sequence = new LSTM({ units: 3, return_sequences: true, name: "lstm" }).apply(x);
    const y = new Dense({ units: 3, activation: "silu", name: "dense" }).apply(add(multiply(sequence, 2), x));
    const model = new Model({ inputs: x, outputs: y, name: "model" });
    const found = await again(model);
    const { config } = JSON.parse(found.toJson());
    const [, lstm, product, sum, dense] = config.layers;
    expect(lstm).toMatchObject({ class_name: "LSTM", config: { time_major: false, implementation: 2 } });
    expect(product).toMatchObject({ class_name: "TFOpLambda", config: { function: "math.multiply" } });
    expect(product.inbound_nodes).toEqual([["lstm", 0, 0, { y: 2, name: null }]]);
    expect(sum.inbound_nodes).toEqual([["multiply", 0, 0, { y: ["x", 0, 0], name: null }]]);
    expect(dense).toMatchObject({ config: { activation: "swish" }, inbound_nodes: [[["add", 0, 0, {}]]] });
    expect(config.output_layers).toEqual([["dense", 0, 0]]);
  });

  it("are written for Keras 3, too", async () => {
    const model = new Sequential([Input({ shape: [2] }), new Dense({ units: 1 })]);
    const found = await again(model, "3.6");
    expect(found.toJson()).toBe(model.toJson());
  });

  it("are not written with what Keras 2 has no word for: each layer, key and value is named", async () => {
    const x = Input({ shape: [4], name: "x" });
    let y = new Identity({ name: "same" }).apply(x);
    y = new RMSNormalization({ name: "rms" }).apply(y);
    y = new GroupNormalization({ groups: 2, name: "groups" }).apply(y);
    y = new Dense({ units: 2, activation: "hard_sigmoid", name: "gate" }).apply(y);
    const model = new Model({ inputs: x, outputs: logaddexp(erf(y), y) });
    const message = await again(model).then(String, String);
    for (const part of [
      'layer "same": expected a layer that Keras 2.9 has, received Identity.',
      'layer "rms": expected a layer that Keras 2 has, received RMSNormalization.',
      'layer "groups": expected a layer that Keras 2.9 has, received GroupNormalization.',
      'layer "gate".activation: expected an activation that Keras 2 computes alike, received "hard_sigmoid".',
    ])
      expect(message).toContain(part);
  });

  it("are not written with an operation that TensorFlow has no function for", async () => {
    const x = Input({ shape: [4], name: "x" });
    const model = new Model({ inputs: x, outputs: logaddexp(x, x) });
    await expect(again(model)).rejects.toThrow(/operation "logaddexp\w*": expected an operation that/);
  });

  it("have the weights by layers in the order in which Keras has those, whatever that of the config is", async () => {
    const model = await open("golden/1.2/models/branches_tensorflow.h5");
    const bytes = await gather(saveHdf5Model(model, { keras: "2.9" }));
    const { root } = await openHdf5(memorySource(bytes), { name: "model.h5" });
    const weights = root.children.get("model_weights") as Hdf5Group;
    // As TensorFlow 2.9 has model.layers.
    const names = "left_input first_input left first left_norm right inner a deep other outer out";
    expect(weights.attributes.get("layer_names")).toEqual(names.split(" "));
  });

  it("know no version that is not written, and no date", () => {
    const model = new Sequential([Input({ shape: [2] }), new Rescaling({ scale: 2 })]);
    expect(() => saveHdf5Model(model, { keras: "2.8" })).toThrow("from 2.9 to 2.15 or 3.0 to 3.16");
    expect(() => saveHdf5Model(model, { date: new Date(0) })).toThrow("HDF5 files of models have no date");
  });

  it("have the axes that a layer was built for", async () => {
    const model = new Sequential([Input({ shape: [2, 3] }), new BatchNormalization({ name: "norm" })]);
    const found = await again(model);
    expect(JSON.parse(found.toJson()).config.layers[1].config.axis).toEqual([2]);
  });
});

it("a layer cannot have the name under which files have what is of no layer", async () => {
  const model = new Sequential([
    Input({ shape: [2] }),
    new Dense({ units: 1, name: "top_level_model_weights" }),
  ]);
  const write = async () => {
    for await (const _ of saveHdf5Model(model)) break;
  };
  await expect(write()).rejects.toThrow(
    'layer "top_level_model_weights": expected another name, because HDF5 files of models have what is of no layer under this one, received "top_level_model_weights".',
  );
});

it.each(["2.9", "2.15"])("an optimizer that was given by its name is written for %s", async (keras) => {
  const model = new Sequential([Input({ shape: [2] }), new Dense({ units: 1 })]);
  model.compileFromConfig({ optimizer: "adam", loss: "mse" });
  const chunks: Uint8Array[] = [];
  for await (const chunk of saveHdf5Model(model, { keras })) chunks.push(chunk);
  const text = chunks.map((chunk) => new TextDecoder("latin1").decode(chunk)).join("");
  expect(text).toMatch(/"optimizer_config": \{"class_name": "(?:Custom>)?Adam", "config": \{"name": "adam"/i);
});
