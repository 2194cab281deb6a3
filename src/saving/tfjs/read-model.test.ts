import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Optimizer } from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { FileError, type Issue } from "../../errors.ts";
import type { JsonObject } from "../../json/json.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import { loadModel as loadFile } from "../../node.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { loadModel, loadWeights } from "../load.ts";
import { eachInFolder } from "../node/folder.fixture.ts";
import { toBytes } from "../save-model.ts";
import { expectSame } from "./compare.fixture.ts";
import { withOwnWeights } from "./examples.fixture.ts";
import { filesOfTensorflow, filesSource, tensorflow } from "./tensorflow.fixture.ts";
import { tensorflowExamples } from "./tensorflow-models.fixture.ts";

const tf = await tensorflow();
let folder: string;
eachInFolder((each) => {
  folder = each;
});

describe("a model that TensorFlow.js saved", () => {
  it.each(tensorflowExamples)("is read: %s", async (name, make) => {
    const theirs = withOwnWeights(make());
    const model = await loadModel(filesSource(await filesOfTensorflow(theirs, 100)));
    expect(model.weights.every((weight) => !weight.isMaterialized)).toBe(true);
    await expectSame(name, model, theirs);
  });
});

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const dense = (name: string, units: number) => ({
  class_name: "Dense",
  config: { name, units, activation: "linear", use_bias: true, batch_input_shape: [null, 2] },
});
const stack = (name: string, layers: object[]) => ({ class_name: "Sequential", config: { name, layers } });

/** Files of a Sequential of Keras 2 whose weights have these names; each of their numbers is its place in this list. */
function filesOf(model: object, weights: readonly (readonly [name: string, shape: readonly number[]])[]) {
  const data = weights.flatMap(([, shape], i) => Array<number>(shape.reduce((a, b) => a * b, 1)).fill(i));
  const manifest = weights.map(([name, shape]) => ({ name, shape, dtype: "float32" }));
  return new Map([
    [
      "model.json",
      encode({
        modelTopology: { keras_version: "2.9.0", backend: "tensorflow", model_config: model },
        weightsManifest: [{ paths: ["w.bin"], weights: manifest }],
      }),
    ],
    ["w.bin", new Uint8Array(Float32Array.from(data).buffer)],
  ]);
}

describe("weights are found by their names", () => {
  const twoLayers = stack("s", [dense("a", 2), dense("b", 2)]);
  const nested = stack("s", [dense("a", 2), stack("inner", [dense("a", 2), dense("b", 2)])]);
  const [kernel, bias] = [[2, 2], [2]] as const;

  it.each<[string, object, string[], number[]]>([
    ["in any order of layers", twoLayers, ["b/kernel", "b/bias", "a/kernel", "a/bias"], [2, 3, 0, 1]],
    ["under the model's name", twoLayers, ["s/a/kernel", "s/a/bias", "s/b/kernel", "s/b/bias"], [0, 1, 2, 3]],
    ["in any order in a layer", twoLayers, ["a/bias", "a/kernel", "b/bias", "b/kernel"], [1, 0, 3, 2]],
    [
      "where one has another name",
      twoLayers,
      ["a/bias", "a/weight_kernel", "b/kernel", "b/bias"],
      [1, 0, 2, 3],
    ],
    [
      "of one shape",
      stack("s", [{ class_name: "BatchNormalization", config: { name: "b", batch_input_shape: [null, 2] } }]),
      ["b/beta", "b/gamma", "b/moving_variance", "b/moving_mean"],
      [1, 0, 3, 2],
    ],
    [
      "with what TensorFlow puts behind",
      twoLayers,
      ["a/kernel:0", "a/bias:0", "b/kernel:0", "b/bias:0"],
      [0, 1, 2, 3],
    ],
    [
      "in models inside",
      nested,
      ["inner/b/kernel", "inner/b/bias", "inner/a/kernel", "inner/a/bias", "a/kernel", "a/bias"],
      [4, 5, 2, 3, 0, 1],
    ],
    [
      "of two of one name in order",
      nested,
      ["a/kernel", "a/bias", "a/kernel", "a/bias", "b/kernel", "b/bias"],
      [0, 1, 2, 3, 4, 5],
    ],
  ])("%s", async (_, model, names, expected) => {
    const weights = names.map((name) => [name, /kernel/.test(name) ? kernel : bias] as const);
    const { weights: found } = await loadModel(filesSource(filesOf(model, weights)));
    expect(found.map(({ value }) => value.data[0])).toEqual(expected);
  });

  it.each<[string, string[], string]>([
    [
      "of other layers",
      ["a/kernel", "a/bias", "c/kernel", "c/bias"],
      `model.json: weightsManifest: expected weights of the model's layers, received those of others, ["c/kernel", "c/bias"].`,
    ],
    [
      "that are missing",
      ["a/kernel", "a/bias", "b/kernel"],
      'model.json b: expected 2 variables (kernel, bias) of "b", received 1 ["b/kernel"].',
    ],
    ["of missing layers", ["a/kernel", "a/bias"], "model.json: expected the weights of 2 layers"],
    [
      "that are too many",
      ["a/kernel", "a/bias", "b/kernel", "b/bias", "b/bias"],
      'model.json b: expected 2 variables (kernel, bias) of "b", received 3',
    ],
    [
      "that do not fit",
      ["a/bias", "a/w", "b/kernel", "b/bias"],
      'model.json a/a/w: expected shape [2, 2] of "s/a/kernel", received [2].',
    ],
    [`${"a/".repeat(100)}deep`, [`${"a/".repeat(100)}kernel`], "received those of others"],
  ])("and not those %s", async (_, names, message) => {
    const weights = names.map((name) => [name, /kernel/.test(name) ? kernel : bias] as const);
    const error = await loadModel(filesSource(filesOf(twoLayers, weights))).catch((error) => error);
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toContain(message);
  });

  it("and given to a model that is there", async () => {
    const names = ["a/kernel", "a/bias", "b/kernel", "b/bias"];
    const weights = names.map((name) => [name, /kernel/.test(name) ? kernel : bias] as const);
    const files = filesSource(filesOf(twoLayers, weights));
    const model = await loadModel(files);
    for (const weight of model.weights) weight.reset();
    expect(await loadWeights(model, files)).toEqual([]);
    expect(model.weights.map(({ value }) => value.data[0])).toEqual([0, 1, 2, 3]);
    const other = filesSource(filesOf(twoLayers, [["c/kernel", kernel]]));
    expect(await loadWeights(model, other, { skipMismatch: true })).toHaveLength(2);
  });
});

describe("what a layers model says besides", () => {
  /** A model that TensorFlow.js trained, and its files with all that it keeps of that. */
  async function trainedBy(optimizer: Optimizer) {
    const { dense, batchNormalization } = tf.layers;
    const layers = [dense({ units: 3, inputShape: [2] }), batchNormalization(), dense({ units: 1 })];
    const saved = tf.sequential({ layers });
    saved.compile({ optimizer, loss: "meanSquaredError", metrics: ["accuracy", "binaryAccuracy"] });
    const x = tf.tensor2d([0.1, 0.5, -0.3, 0.9, 0.4, -0.7], [3, 2]);
    await saved.fit(x, tf.tensor2d([1, 2, 3], [3, 1]), { verbose: 0, batchSize: 1, shuffle: false });
    return filesOfTensorflow(saved, 100, { includeOptimizer: true });
  }

  it.each<[() => Optimizer, string, readonly string[]]>([
    [() => tf.train.adam(0.01, 0.8, 0.9), "Adam", ["m", "v"]],
    [() => tf.train.rmsprop(0.01), "RMSprop", ["rms"]],
    [() => tf.train.rmsprop(0.01, 0.8, 0.5), "RMSprop", ["rms", "momentum"]],
    [() => tf.train.rmsprop(0.01, 0.8, 0.5, 1e-3, true), "RMSprop", ["rms", "momentum", "mg"]],
    [() => tf.train.adadelta(0.5, 0.9), "Adadelta", ["accum_grad", "accum_var"]],
    [() => tf.train.adagrad(0.1, 0.2), "Adagrad", ["accumulator"]],
    [() => tf.train.sgd(0.25), "SGD", []],
  ])("is how it was compiled, and what its optimizer kept: %s", async (make, className, kinds) => {
    const optimizer = make();
    const model = await loadModel(filesSource(await trainedBy(optimizer)));
    const kept = new Map<string, number[]>();
    for (const { name, tensor } of await optimizer.getWeights()) {
      const kind = name.slice(name.lastIndexOf("/") + 1);
      kept.set(kind, [...(kept.get(kind) ?? []), ...tensor.dataSync()]);
    }
    expect(model.compileConfig).toMatchObject({
      loss: "mean_squared_error",
      metrics: ["accuracy", "binary_accuracy"],
      optimizer: { class_name: className },
    });
    const own = model.optimizer!;
    const [count, rate, ...slots] = own.variables.map(({ value }) => [...toNumbers(value)]);
    expect(count).toEqual([3]);
    expect(rate).toEqual([Math.fround((optimizer as unknown as { learningRate: number }).learningRate)]);
    const trained = model.trainableWeights.length;
    expect(slots.length).toBe(kinds.length * trained);
    for (const [i, kind] of kinds.entries()) {
      // Only RMSprop has one kind of all weights behind the other.
      const isOf = (at: number) =>
        (className === "RMSprop" ? Math.floor(at / trained) : at % kinds.length) === i;
      expect(slots.filter((_, at) => isOf(at)).flat()).toEqual(kept.get(kind));
    }
    expect((await loadModel(await toBytes(model))).optimizer!.variables.length).toBe(own.variables.length);
  });

  it("has the options of its optimizer under Keras's names", async () => {
    const configOf = async (optimizer: Optimizer) =>
      (await loadModel(filesSource(await trainedBy(optimizer)))).optimizer!.getConfig();
    expect(await configOf(tf.train.adam(0.01, 0.8, 0.9, 1e-3))).toMatchObject({
      beta_1: 0.8,
      beta_2: 0.9,
      epsilon: 1e-3,
    });
    expect(await configOf(tf.train.rmsprop(0.01, 0.8, 0.5, 1e-3, true))).toMatchObject({
      rho: 0.8,
      momentum: 0.5,
      epsilon: 1e-3,
      centered: true,
    });
    expect(await configOf(tf.train.adagrad(0.1, 0.2))).toMatchObject({ initial_accumulator_value: 0.2 });
    expect(await configOf(tf.train.adadelta(0.5, 0.9))).toMatchObject({ learning_rate: 0.5, rho: 0.9 });
  });

  it("has rates that are floats where JavaScript writes none", async () => {
    const model = await loadModel(filesSource(await trainedBy(tf.train.adadelta(1))));
    expect(stringifyPythonJson(model.compileConfig as JsonObject)).toContain('"learning_rate": 1.0,');
  });

  it("is reported where it is not kept", async () => {
    const files = await trainedBy(tf.train.momentum(0.1, 0.9, true));
    const issues: Issue[] = [];
    const onUnknown = (issue: Issue) => issues.push(issue);
    const model = await loadModel(filesSource(files), { onUnknown });
    expect(model.optimizer!.getConfig()).toMatchObject({ momentum: 0.9, nesterov: true });
    const message = "the state of the optimizer is left out, as Keras keeps another one: it begins anew.";
    expect(issues).toEqual([{ path: "model.json: weightsManifest", message }]);
    issues.length = 0;
    expect((await loadModel(filesSource(files), { onUnknown, compile: false })).compiled).toBe(false);
    expect(issues).toEqual([]);
  });

  it.each<[string, (json: { trainingConfig: unknown; weightsManifest: { weights: unknown[] }[] }) => void]>([
    [
      "another optimizer",
      (json) => {
        json.trainingConfig = { optimizer_config: { class_name: "toString", config: {} } };
      },
    ],
    [
      "no optimizer",
      (json) => {
        json.trainingConfig = { optimizer_config: null, loss: 1 };
      },
    ],
    [
      "fewer arrays",
      ({ weightsManifest: [group] }) => {
        group!.weights.pop();
      },
    ],
    [
      "arrays of other shapes",
      ({ weightsManifest: [group] }) => {
        const last = group!.weights.at(-1) as { shape: number[] };
        last.shape = [1, 1];
      },
    ],
  ])("has no optimizer's state of %s", async (what, change) => {
    const files = await trainedBy(tf.train.adam());
    const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
    change(json);
    if (what === "fewer arrays") {
      const [{ paths }] = json.weightsManifest;
      const last = paths.at(-1);
      files.set(last, files.get(last)!.slice(0, -4));
    }
    files.set("model.json", new TextEncoder().encode(JSON.stringify(json)));
    const issues: Issue[] = [];
    const model = await loadModel(filesSource(files), { onUnknown: (issue) => issues.push(issue) });
    expect(model.optimizerState).toBe(null);
    expect(issues.at(-1)?.message).toMatch(/it begins anew/);
  });

  it("tells progress, and ends at a signal", async () => {
    const files = filesSource(
      filesOf(stack("s", [dense("a", 2)]), [
        ["a/kernel", [2, 2]],
        ["a/bias", [2]],
      ]),
    );
    const stages: string[] = [];
    await loadModel(files, {
      onProgress: ({ stage, done, total }) => stages.push(`${stage} ${done === total}`),
    });
    expect(stages).toEqual(["config false", "config true", "contents false", "contents true"]);
    await expect(loadModel(files, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
  });

  it("is opened of a path and of a list of files, not of one file alone", async () => {
    const files = filesOf(stack("s", [dense("a", 2)]), [
      ["a/kernel", [2, 2]],
      ["a/bias", [2]],
    ]);
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    expect((await loadFile(join(folder, "model.json"))).weights[1]!.value.data).toEqual(
      Float32Array.of(1, 1),
    );
    expect((await loadFile(folder)).weights[1]!.value.data).toEqual(Float32Array.of(1, 1));
    const list = [...files].map(([name, bytes]) => new File([Uint8Array.from(bytes)], name));
    const model = await loadModel(list);
    await model.load();
    expect(model.weights[1]!.value.data).toEqual(Float32Array.of(1, 1));
    await expect(loadModel(files.get("model.json")!)).rejects.toThrow(
      'model.json: weightsManifest[0].paths[0]: expected the file "w.bin" beside it, received one file alone.',
    );
    rmSync(join(folder, "w.bin"));
    await expect(loadFile(join(folder, "model.json"))).rejects.toThrow("w.bin");
  });

  it("may be missing where somebody is told: then reading the weights fails", async () => {
    const files = filesOf(stack("s", [dense("a", 2)]), [
      ["a/kernel", [2, 2]],
      ["a/bias", [2]],
    ]);
    const issues: Issue[] = [];
    const model = await loadModel(files.get("model.json")!, { onUnknown: (issue) => issues.push(issue) });
    expect(issues).toEqual([
      {
        path: "model.json: weightsManifest[0]",
        message: expect.stringMatching(
          /^the numbers of 2 weights are not there\. .*expected the file "w\.bin" beside it/,
        ),
      },
    ]);
    expect(model.countParams()).toBe(6);
    expect(model.summary()).toContain("(None, 2)");
    await expect(model.load()).rejects.toThrow('expected the file "w.bin" beside it');
    await expect(toBytes(model)).rejects.toThrow('expected the file "w.bin" beside it');
  });

  it("are refused where their names lead out of the folder, whoever is told", async () => {
    const [main] = filesOf(stack("s", [dense("a", 2)]), [["a/kernel", [2, 2]]]).values();
    const text = new TextDecoder().decode(main).replace("w.bin", "../w.bin");
    const work = loadModel(new TextEncoder().encode(text), { onUnknown() {} });
    await expect(work).rejects.toThrow(
      "expected the name of a file in the same folder, received one that leaves",
    );
  });
});
