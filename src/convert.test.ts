import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { tfKerasModels } from "../test/golden-tf-keras.ts";
import { hardSigmoid } from "./activations/index.ts";
import { type ConversionKind, type ConversionTarget, type ConvertOptions, convert } from "./convert.ts";
import { expectClose } from "./engines/expect-close.ts";
import { flatten } from "./graph/nested.ts";
import { Input } from "./layers/core/input-layer.ts";
import { Dense, RMSNormalization } from "./layers/index.ts";
import type { Model } from "./models/model.ts";
import { Sequential } from "./models/sequential.ts";
import { loadModel, loadWeights, type NodeInput, saveModel } from "./node.ts";
import type { Progress } from "./progress.ts";
import { modelFromJson } from "./revive.ts";
import { ranged, serve } from "./saving/http.fixture.ts";
import { eachInFolder } from "./saving/node/folder.fixture.ts";
import { goldenSample } from "./saving/saved-model/golden.fixture.ts";
import { fromNumbers } from "./tensor/cast.ts";
import type { Tensor } from "./tensor/tensor.ts";

let folder: string;
eachInFolder((each) => {
  folder = each;
});
const at = (name: string) => join(folder, name);
const record = tfKerasModels("2.9").find(({ id }) => id === "seq_input")!;
const source = record.file!;

/** A folder of its own with the files of a SavedModel. */
async function savedModel(): Promise<string> {
  for (const [name, bytes] of (await goldenSample("plain")).files) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), bytes);
  }
  return at("saved");
}

const sources: readonly (readonly [
  name: string,
  format: string,
  keras: string,
  make: () => Promise<NodeInput>,
])[] = [
  ["HDF5 of Keras 1", "h5", "1.2.2", async () => "golden/1.2/models/images_tf_theano.h5"],
  ["HDF5 of Keras 2", "h5", "2.9.0", async () => source],
  [".keras of Keras 2", "keras", "2.15.0", async () => "golden/2.15/models/seq_input_shape.keras"],
  [".keras of Keras 3", "keras", "3.6.0", async () => "golden/3.6/files/dense.keras"],
  [
    "HDF5 of Keras 3",
    "h5",
    "3.6.0",
    async () => {
      await saveModel(await loadModel("golden/3.6/files/dense.keras"), at("three.h5"), { keras: "3.6" });
      return at("three.h5");
    },
  ],
  [
    "a folder of TensorFlow.js",
    "tfjs",
    "2.9.0",
    async () => {
      await convert(source, at("web-source"), { to: "tfjs" });
      return at("web-source");
    },
  ],
  ["a SavedModel", "saved-model", "2.9.0", savedModel],
  ["bytes", "keras", "3.6.0", async () => readFileSync("golden/3.6/files/dense.keras")],
  ["an address on disk", "h5", "2.9.0", async () => pathToFileURL(source)],
  ["an address on the web", "h5", "2.9.0", async () => new URL(await serve(ranged(readFileSync(source))))],
];

type Compute = (xs: readonly Tensor[]) => Promise<Tensor[]>;

const computed =
  (model: Model): Compute =>
  async (xs) =>
    flatten(await model.predict(xs.length === 1 ? xs[0]! : [...xs])) as Tensor[];

/** What an ONNX file computes. */
const run =
  (path: string): Compute =>
  async (xs) => {
    const session = await InferenceSession.create(path);
    const feeds = xs.map(({ data, shape, dtype }, i) => {
      expect(dtype).toBe("float32");
      return [session.inputNames[i]!, new OrtTensor("float32", data as Float32Array, shape)] as const;
    });
    const results = await session.run(Object.fromEntries(feeds));
    return session.outputNames.map((name) => {
      const { data, dims } = results[name]!;
      return fromNumbers("float32", dims, [...(data as Float32Array)]);
    });
  };

/** What computes as the model that was written. */
const targets: Readonly<
  Record<ConversionKind, { name: string; open: (path: string, model: Model) => Promise<Compute> }>
> = {
  keras: { name: "new.keras", open: async (path) => computed(await loadModel(path)) },
  h5: { name: "new.h5", open: async (path) => computed(await loadModel(path)) },
  tfjs: { name: "new/model.json", open: async (path) => computed(await loadModel(path)) },
  weights: {
    name: "new.weights.h5",
    async open(path, model) {
      for (const variable of model.weights) variable.reset();
      await loadWeights(model, path);
      return computed(model);
    },
  },
  json: {
    name: "new.json",
    async open(path, model) {
      const made = modelFromJson(readFileSync(path, "utf8"));
      made.setWeights(model.getWeights());
      return computed(made);
    },
  },
  onnx: { name: "new.onnx", open: async (path) => run(path) },
};

function inputsOf({ inputs }: Model): Tensor[] {
  return inputs.map(({ shape, dtype }) => {
    const full = [2, ...shape.slice(1).map((size) => size ?? 3)];
    const size = full.reduce((a, b) => a * b, 1);
    return fromNumbers(
      dtype,
      full,
      Array.from({ length: size }, (_, i) => Math.sin(i)),
    );
  });
}

describe.each(sources)("%s", (_, format, keras, make) => {
  it.each(Object.entries(targets))("as %s is the same model", async (kind, { name, open }) => {
    const input = await make();
    const done = await convert(input, at(name), { compile: false });
    expect(done).toMatchObject({
      from: { format, keras },
      to: { format: kind },
      target: at(name),
      issues: [],
    });
    const model = await loadModel(input);
    await model.load();
    const xs = inputsOf(model);
    const expected = await computed(model)(xs);
    const received = await (await open(at(name), model))(xs);
    expect(received).toHaveLength(expected.length);
    for (const [i, tensor] of received.entries()) expectClose(tensor, expected[i]!, `output ${i}`);
  });
});

describe("the report", () => {
  it("says what the config says otherwise, layer by layer", async () => {
    const { changes } = await convert(source, at("new.keras"), { to: "keras-3.6" });
    expect(changes).toContainEqual({
      path: 'layer "input_1"',
      key: "batch_input_shape",
      from: [null, 3],
      to: undefined,
    });
    expect(changes).toContainEqual({
      path: 'layer "dense"',
      key: "dtype",
      from: "float32",
      to: { class_name: "DTypePolicy", config: { name: "float32" } },
    });
    const same = await convert(at("new.keras"), at("again.keras"));
    expect(same).toMatchObject({ to: { keras: "3.6.0" }, changes: [] });
  });

  it("goes into models inside, and has classes that are called otherwise", async () => {
    const { changes } = await convert("golden/2.9/models/op_between_layers.h5", at("new.keras"));
    const classes = changes.filter(({ key }) => key === "class_name");
    expect(classes).toContainEqual(expect.objectContaining({ from: "TFOpLambda" }));
    const nested = await convert("golden/2.9/models/nested_three.h5", at("new.keras"), { keras: "3.6" });
    expect(nested.changes.map(({ path }) => path)).toContainEqual(expect.stringMatching(/^layer "\w+\/\w+/));
  });

  it("says what has no place in the new format", async () => {
    const { issues } = await convert("golden/3.6/files/fitted_adam.keras", at("web"), { to: "tfjs" });
    expect(issues).toEqual([
      {
        path: expect.stringContaining("model"),
        message: expect.stringMatching(/^how it was compiled, and the state of its optimizer, is left out/),
      },
    ]);
  });
});

describe("says what of a file did not come along, though nothing in it is unknown", () => {
  it("names that are others now", async () => {
    const { issues } = await convert("golden/2.9/models/slashes.h5", at("new.keras"));
    expect(issues).toHaveLength(7);
    expect(issues[0]).toEqual({
      path: "config.config.name",
      message: 'expected a name without "/", received "with/slashes": it is called "with_slashes" here.',
    });
  });

  it("the state of an optimizer that Keras has another of", async () => {
    const dense = { class_name: "Dense", config: { name: "d", units: 1, batch_input_shape: [null, 1] } };
    const weights = [
      { name: "d/kernel", shape: [1, 1], dtype: "float32" },
      { name: "d/bias", shape: [1], dtype: "float32" },
      { name: "iter", shape: [], dtype: "int32", group: "optimizer" },
    ];
    const json = {
      modelTopology: {
        class_name: "Sequential",
        config: { name: "s", layers: [dense] },
        keras_version: "tfjs-layers 4.22.0",
      },
      weightsManifest: [{ paths: ["w.bin"], weights }],
    };
    writeFileSync(at("model.json"), JSON.stringify(json));
    writeFileSync(at("w.bin"), new Uint8Array(12));
    const told = [expect.objectContaining({ message: expect.stringMatching(/it begins anew\.$/) })];
    expect((await convert(at("model.json"), at("new.keras"))).issues).toEqual(told);
    expect((await convert(at("model.json"), at("new.keras"), { keepUnknown: true })).issues).toEqual(told);
    expect((await convert(at("model.json"), at("new.keras"), { compile: false })).issues).toEqual([]);
  });

  it("what is unknown stays an error", async () => {
    await expect(convert("golden/2.9/models/own_class.h5", at("new.keras"))).rejects.toThrow("unknown class");
  });
});

it("says that the weights of what was a text alone are new", async () => {
  const { yaml } = JSON.parse(readFileSync("golden/1.2/models/dense_tensorflow.json", "utf8")) as {
    yaml: string;
  };
  writeFileSync(at("model.yaml"), yaml);
  const { from, issues } = await convert(at("model.yaml"), at("new.h5"));
  expect(from).toEqual({ format: "yaml", keras: "1.2.2" });
  expect(issues).toEqual([
    { path: expect.stringContaining("model"), message: "its weights are new: what was read has none." },
  ]);
  expect(await convert(at("model.yaml"), at("new.json"))).toMatchObject({ issues: [] });
});

it("goes through Keras 3 and back with its text", async () => {
  await convert(source, at("there.keras"), { keras: "3.6" });
  const { to } = await convert(at("there.keras"), at("back.h5"), { to: "keras-2.9" });
  expect(to).toEqual({ format: "h5", keras: "2.9.0" });
  expect((await loadModel(at("back.h5"))).toJson()).toBe(record.to_json);
});

describe("unfold", () => {
  const lstm = "golden/1.2/models/recurrent_tensorflow.h5";

  it("writes out what a version does not have, and says how", async () => {
    await expect(convert(lstm, at("new.keras"))).rejects.toThrow("hard_sigmoid");
    const { unfolded, to, issues } = await convert(lstm, at("new.keras"), { unfold: true, compile: false });
    expect([to.keras, issues]).toEqual(["3.6.0", []]);
    expect(unfolded).toHaveLength(4);
    expect(unfolded[0]).toEqual({
      path: 'layer "lstm_1"',
      message:
        "its hard_sigmoid is that of Keras 3 now, and the weights in front of it are multiplied by 1.2.",
    });
    const [model, written] = [await loadModel(lstm), await loadModel(at("new.keras"))];
    const xs = inputsOf(model);
    const [expected] = await computed(model)(xs);
    const [received] = await computed(written)(xs);
    expectClose(received!, expected!, "output", 1e-6);
  });

  it("changes nothing of what the version has", async () => {
    const plain = await convert(source, at("plain.h5"));
    const { unfolded, changes } = await convert(source, at("new.h5"), { unfold: true });
    expect(unfolded).toEqual([]);
    expect(changes).toEqual(plain.changes);
    expect(readFileSync(at("new.h5")).equals(readFileSync(at("plain.h5")))).toBe(true);
  });

  it("says that an optimizer had learned of other weights", async () => {
    const model = await loadModel("golden/3.6/files/fitted_adam.keras");
    Object.assign(model.layers.at(-1)!, { activation: hardSigmoid });
    await saveModel(model, at("fitted.keras"));
    const { issues } = await convert(at("fitted.keras"), at("new.h5"), { keras: "2.9", unfold: true });
    expect(issues).toEqual([
      {
        path: expect.stringMatching(/^model/),
        message: "the state of its optimizer is left out: it is for weights that are written otherwise.",
      },
    ]);
  });

  it.each(["weights", "onnx"] as const)("is for no %s", async (to) => {
    const target = at(to === "onnx" ? "new.onnx" : "new.weights.h5");
    await expect(convert(lstm, target, { unfold: true })).rejects.toThrow(
      `convert: expected what is written for a version of Keras with unfold, received "${to}".`,
    );
  });
});

describe("what does not fit", () => {
  const refused: readonly (readonly [ConvertOptions, string, string])[] = [
    [{ to: "h5" }, "x.keras", '.h5 or .hdf5 for "h5", received'],
    [{ to: "h5" }, "x.keras", 'Did you mean "'],
    [{ to: "keras" }, "x", 'x.keras"?'],
    [{}, "x.txt", "expected a path that ends in .keras or .h5"],
    [{ to: "keras-2.7" }, "x.h5", 'from 2.9 to 2.15 or 3.0 to 3.16, received "2.7"'],
    [{ keras: "2.7" }, "x.h5", 'from 2.9 to 2.15 or 3.0 to 3.16, received "2.7"'],
    [{ to: "keras-3.6", keras: "2.9" }, "x.h5", 'expected one version of Keras, received "3.6" and "2.9"'],
    [
      { keras: "2.9" },
      "model.json",
      'expected no version of Keras for "tfjs", which has none, received "2.9"',
    ],
    [{ to: "keras-2.9" }, "x", 'x.h5"?'],
    [{ to: "onnx", keras: "2.9" }, "x.onnx", 'expected no version of Keras for "onnx"'],
    [{ quantizeWeights: "uint8" }, "x.h5", "expected quantizeWeights for a model.json of TensorFlow.js"],
    [{ to: "pb" as ConversionTarget }, "x.h5", 'or a version such as "keras-3.6", received "pb"'],
    [{ onProgress: 3 as never }, "x.h5", "onProgress: expected a function"],
  ];
  it.each(refused)("%j and %s", async (options, name, message) => {
    await expect(convert(source, at(name), options)).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is refused for a target on the web", async () => {
    await expect(convert(source, "https://example.com/m.keras")).rejects.toThrow(
      "expected a path to write to",
    );
  });
});

describe("what is there already", () => {
  it("is replaced, with the parts that the new model has no use for", async () => {
    mkdirSync(at("web"));
    const paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"];
    for (const name of [...paths, "mine.bin"]) writeFileSync(join(at("web"), name), "old");
    writeFileSync(
      at("web/model.json"),
      JSON.stringify({ weightsManifest: [{ paths: [...paths, "mine.bin", "../x"] }] }),
    );
    await convert(source, at("web"), { to: "tfjs" });
    expect(readdirSync(at("web"))).toEqual(["group1-shard1of1.bin", "mine.bin", "model.json"]);
    await convert(at("web"), at("web"), { to: "tfjs", quantizeWeights: "uint8" });
    const model = await loadModel(at("web"));
    const kernel = (await loadModel(source)).weights[0]!.value.data;
    expect(Number(model.weights[0]!.value.data[0])).toBeCloseTo(Number(kernel[0]), 2);
  });

  const endings = [
    "old.keras",
    "old.h5",
    "old.weights.h5",
    "old.weights.json",
    "old.json",
    "old.onnx",
    "model.json",
  ];
  it.each([
    ["old.keras", "golden/1.2/models/dense_theano.h5", 'layer "activation_1": expected a layer that Keras'],
    ["old.h5", "golden/3.6/files/all_normalization.keras", "GroupNormalization"],
    ["model.json", "golden/2.15/models/multi_head.keras", "MultiHeadAttention"],
    ["old.onnx", "golden/2.15/models/stateful.keras", "keeps no state"],
  ])("stays as it was where converting fails: %s", async (name, from, message) => {
    writeFileSync(at(name), "old");
    await expect(convert(from, at(name), { keepUnknown: true })).rejects.toThrow(message);
    expect(readFileSync(at(name), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual([name]);
  });

  it.each(endings)("stays as it was where a signal ends the work: %s", async (name) => {
    writeFileSync(at(name), "old");
    const control = new AbortController();
    const onProgress = ({ done }: Progress) => done > 50 && control.abort(new Error("enough"));
    const model = new Sequential([
      Input({ shape: [700] }),
      ...[1, 2, 3, 4].map(() => new Dense({ units: 700 })),
    ]);
    await saveModel(model, at("source.keras"));
    const work = convert(at("source.keras"), at(name), { onProgress, signal: control.signal });
    if (name === "old.json") control.abort(new Error("enough"));
    await expect(work).rejects.toThrow("enough");
    expect(readFileSync(at(name), "utf8")).toBe("old");
    expect(readdirSync(folder).sort()).toEqual([name, "source.keras"].sort());
  });

  it("is not written where a layer, alone or in a text, came later", async () => {
    const model = new Sequential([Input({ shape: [2] }), new RMSNormalization({ name: "rms" })]);
    await saveModel(model, at("source.keras"));
    for (const name of ["new.keras", "new.json"])
      await expect(convert(at("source.keras"), at(name), { keras: "3.6" })).rejects.toThrow(
        /^layer "rms": expected a layer that Keras 3.6 has, received RMSNormalization, which came with 3.9/,
      );
    const { unfolded } = await convert(at("source.keras"), at("new.json"), { keras: "3.6", unfold: true });
    expect(unfolded).toHaveLength(1);
  });

  it("has no folder that was made for what failed", async () => {
    const model = new Sequential([Input({ shape: [2] }), new RMSNormalization()]);
    await saveModel(model, at("source.keras"));
    await expect(convert(at("source.keras"), at("a/b/c"), { to: "tfjs" })).rejects.toThrow(
      "RMSNormalization",
    );
    expect(existsSync(at("a"))).toBe(false);
  });
});

it.each(["new.keras", "new.h5", "web/model.json", "new.weights.h5", "new.json", "new.onnx"])(
  "progress is one piece of work: %s",
  async (name) => {
    const seen: Progress[] = [];
    await convert(source, at(name), { onProgress: (progress) => seen.push(progress) });
    const done = seen.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(new Set(seen.map(({ total }) => total))).toEqual(new Set([1000]));
    expect(done.filter((each) => each === 1000)).toHaveLength(1);
    expect(done.at(-1)).toBe(1000);
  },
);
