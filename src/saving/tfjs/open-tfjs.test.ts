import { describe, expect, it } from "vitest";
import { FileError } from "../../errors.ts";
import type { JsonValue } from "../../json/json.ts";
import { fromNumbers } from "../../tensor/cast.ts";
import { Budget } from "../budget.ts";
import { readJsonText } from "../config-text/read-text.ts";
import { openTfjs, type TfjsFile } from "./open-tfjs.ts";
import { quantizeWeight } from "./quantize.ts";
import { type Files, filesOfTensorflow, filesSource, tensorflow } from "./tensorflow.fixture.ts";

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const open = async (files: Files): Promise<TfjsFile> => {
  const source = filesSource(files);
  const budget = new Budget(source.size);
  return openTfjs(source, await readJsonText(source, "model.json", budget), "model.json", budget);
};
const model = { class_name: "Sequential", config: { name: "s", layers: [] } };
const good = { name: "d/kernel", shape: [2, 2], dtype: "float32" };

/** Files of one group. */
const files = (weights: JsonValue, bytes: Uint8Array, others: object = {}) =>
  new Map([
    [
      "model.json",
      encode({ modelTopology: model, weightsManifest: [{ paths: ["w.bin"], weights }], ...others }),
    ],
    ["w.bin", bytes],
  ]);

const tf = await tensorflow();

describe("openTfjs", () => {
  it.each([
    [1, 5],
    [7, 5],
    [2 ** 22, 1],
  ])("reads what TensorFlow.js saves, in files of %d bytes", async (most) => {
    const saved = tf.sequential({
      name: "s",
      layers: [
        tf.layers.dense({ units: 3, inputShape: [2], name: "d", biasInitializer: "randomNormal" }),
        tf.layers.batchNormalization({ name: "b" }),
      ],
    });
    const written = await filesOfTensorflow(saved, most);
    const { model, writtenBy, training, weights } = await open(written);
    expect(model.class_name).toBe("Sequential");
    expect(writtenBy).toBe(`tfjs-layers ${tf.version_layers}`);
    expect(training).toBeNull();
    expect(weights.map(({ name }) => name)).toEqual(saved.weights.map(({ originalName }) => originalName));
    for (const [i, weight] of saved.getWeights().entries()) {
      const stored = weights[i]!;
      expect([stored.dtype, stored.shape]).toEqual([weight.dtype, weight.shape]);
      expect([...(await stored.read()).data]).toEqual([...weight.dataSync()]);
      expect([...stored.readSync!().data]).toEqual([...weight.dataSync()]);
    }
  });

  it("tells the state of an optimizer from weights, and has how the model was compiled", async () => {
    const saved = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    saved.compile({ optimizer: tf.train.adam(), loss: "meanSquaredError" });
    await saved.fit(tf.ones([2, 1]), tf.ones([2, 1]), { verbose: 0 });
    const { weights, training } = await open(await filesOfTensorflow(saved, 100, { includeOptimizer: true }));
    expect(weights.filter(({ isOptimizers }) => !isOptimizers)).toHaveLength(2);
    expect(weights.filter(({ isOptimizers }) => isOptimizers).length).toBeGreaterThan(2);
    expect(training).toMatchObject({ loss: "mean_squared_error" });
  });

  it.each([
    [
      "in model_config",
      { modelTopology: { keras_version: "2.9.0", backend: "tensorflow", model_config: model } },
    ],
    ["directly", { modelTopology: { ...model, keras_version: "2.9.0", backend: "tensorflow" } }],
  ])("takes a topology that has the model %s", async (_, topology) => {
    const found = await open(files([good], new Uint8Array(16), topology));
    expect(found).toMatchObject({ model, writtenBy: "2.9.0", training: null });
  });

  it.each([
    [{ dtype: "float32" }, Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 192)],
    [{ dtype: "int32" }, Uint8Array.of(1, 0, 0, 0, 255, 255, 255, 255)],
    [{ dtype: "bool" }, Uint8Array.of(1, 0)],
    [{ dtype: "float32", quantization: { dtype: "uint8", scale: 0.1, min: -3.3 } }, Uint8Array.of(7, 255)],
    [
      { dtype: "float32", quantization: { dtype: "uint16", scale: 0.1, min: -3.3 } },
      Uint8Array.of(7, 3, 9, 255),
    ],
    [{ dtype: "float32", quantization: { dtype: "float16" } }, Uint8Array.of(0x33, 0x35, 1, 0x80)],
    [{ dtype: "int32", quantization: { dtype: "uint8", scale: 1.7, min: -3 } }, Uint8Array.of(7, 255)],
  ])("gives the numbers that TensorFlow.js gives: %j", async (kind, bytes) => {
    const weight = { name: "w", shape: [2], ...kind };
    const [stored] = (await open(files([weight as JsonValue], bytes))).weights;
    const specs = [weight as unknown as Parameters<typeof tf.io.decodeWeights>[1][number]];
    const expected = tf.io.decodeWeights(bytes.slice().buffer, specs).w!;
    const tensor = await stored!.read();
    expect(tensor.dtype).toBe(expected.dtype);
    expect([...tensor.data].map(Number)).toEqual([...expected.dataSync()]);
  });

  it("says what a graph model is", async () => {
    await expect(open(files([], new Uint8Array(), { format: "graph-model" }))).rejects.toThrow(
      "model.json: expected a .keras file, received a graph model of TensorFlow.js. It has no layers: save the Keras model it was made of.",
    );
  });

  it.each<[JsonValue, string]>([
    [1, "weightsManifest[0].weights[0]: expected { name, shape, dtype }, received 1."],
    [{ ...good, name: 5 }, "weightsManifest[0].weights[0]: expected a name, received 5."],
    [{ ...good, shape: [2, -2] }, '"d/kernel": expected a shape, received [2, -2].'],
    [{ ...good, shape: [1.5] }, '"d/kernel": expected a shape, received [1.5].'],
    [{ ...good, shape: null }, '"d/kernel": expected a shape, received null.'],
    [{ ...good, shape: [2 ** 40, 2 ** 40] }, '"d/kernel": expected a shape that fits into a file'],
    [{ ...good, dtype: "string" }, '"d/kernel": expected dtype float32, int32 or bool, received "string".'],
    [{ ...good, quantization: 8 }, "expected float32 in uint8, uint16 or, of float32, float16, received 8."],
    [
      { ...good, quantization: { dtype: "int8" } },
      "expected float32 in uint8, uint16 or, of float32, float16",
    ],
    [
      { ...good, quantization: { dtype: "uint8", scale: 1 } },
      "expected a quantization with the numbers scale and min",
    ],
    [{ ...good, dtype: "int32", quantization: { dtype: "float16" } }, "expected int32 in uint8, uint16 or"],
    [
      { ...good, shape: [2, 3] },
      "weightsManifest[0]: expected 24 bytes of 1 weights, received 16 in 1 files.",
    ],
    [
      { ...good, shape: [1, 2] },
      "weightsManifest[0]: expected 8 bytes of 1 weights, received 16 in 1 files.",
    ],
    [{ ...good, shape: [2 ** 40, 0] }, "expected 0 bytes of 1 weights, received 16 in 1 files."],
    [{ ...good, shape: [2 ** 45] }, "expected 140737488355328 bytes of 1 weights, received 16 in 1 files."],
  ])("complains about a manifest that lies: %j", async (weight, message) => {
    const error = await open(files([weight], new Uint8Array(16))).catch((error) => error);
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toContain(message);
  });

  it.each<[object, string]>([
    [{ weightsManifest: 1 }, "model.json: weightsManifest: expected a list, received 1."],
    [{ weightsManifest: [1] }, "model.json: weightsManifest[0]: expected { paths, weights }, received 1."],
    [{ weightsManifest: [{ paths: [1], weights: [] }] }, "weightsManifest[0]: expected { paths, weights }"],
    [{ weightsManifest: undefined }, "model.json: expected weightsManifest, received none."],
    [
      { weightsManifest: [{ paths: ["../w.bin"], weights: [] }] },
      'model.json: weightsManifest[0].paths[0]: expected the name of a file in the same folder, received one that leaves the folder, "../w.bin".',
    ],
    [{ weightsManifest: [{ paths: ["http://a/w.bin"], weights: [] }] }, "received one with a colon"],
    [
      { weightsManifest: [{ paths: Array(30_000).fill("w.bin"), weights: [] }] },
      "weightsManifest[0]: expected at most 20000 members",
    ],
    [{ modelTopology: 1 }, "model.json: modelTopology: expected an object, received 1."],
    [{ modelTopology: { model_config: 1 } }, "model.json: modelTopology.model_config: expected an object"],
    [{ modelTopology: {} }, "model.json: modelTopology: expected { class_name, config }, received {}."],
  ])("complains about a file that is none: %j", async (changed, message) => {
    const error = await open(files([], new Uint8Array(), changed)).catch((error) => error);
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toContain(message);
  });

  it("complains about what is no text of an object", async () => {
    const opened = (bytes: Uint8Array) => open(new Map([["model.json", bytes]]));
    await expect(opened(encode([1]))).rejects.toThrow(
      "model.json: expected a .keras file, received JSON text. It holds no model.",
    );
    await expect(opened(Uint8Array.of(0x7b, 0xff))).rejects.toThrow("model.json: expected UTF-8 text");
  });
});

describe("quantizeWeight", () => {
  const random = fromNumbers(
    "float32",
    [300],
    Array.from({ length: 300 }, (_, i) => Math.sin(i * i) * 3 - 0.7),
  );

  it.each([
    ["uint8", 6 / 255],
    ["uint16", 6 / 65_535],
    ["float16", 2 ** -9],
  ] as const)("in %s is within half a step, read by TensorFlow.js", async (to, step) => {
    const { quantization, bytes } = quantizeWeight(random, to, "w");
    const specs = [{ name: "w", shape: [300], dtype: "float32" as const, quantization }];
    const read = tf.io.decodeWeights(bytes.slice().buffer, specs as never).w!.dataSync();
    for (const [i, number] of [...random.data].entries())
      expect(Math.abs(read[i]! - Number(number))).toBeLessThanOrEqual(step / 2 + 1e-6);
  });

  it.each(["uint8", "uint16"] as const)("in %s keeps zero, and a constant", (to) => {
    const dataOf = (numbers: number[]) => {
      const tensor = fromNumbers("float32", [numbers.length], numbers);
      const { quantization, bytes } = quantizeWeight(tensor, to, "w");
      const { scale, min } = quantization as { scale: number; min: number };
      const steps = to === "uint8" ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, numbers.length);
      return [...steps].map((step) => Math.fround(step * scale + min));
    };
    expect(dataOf([-0.3, 0, 1.1])[1]).toBe(0);
    expect(dataOf([0.1, 0.1])).toEqual([Math.fround(0.1), Math.fround(0.1)]);
    expect(dataOf([3, 5])).toEqual([3, 5]);
  });

  it.each([
    [Number.NaN, "uint16"],
    [Number.POSITIVE_INFINITY, "uint8"],
    [65_505, "float16"],
    [-65_505, "float16"],
  ] as const)("complains about %d in %s", (number, to) => {
    const tensor = fromNumbers("float32", [2], [1, number]);
    expect(() => quantizeWeight(tensor, to, "layer/kernel")).toThrow(
      `layer/kernel: expected numbers that ${to} can hold, received ${number}.`,
    );
  });
});
