import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { convert } from "../convert.ts";
import { LargeWeight } from "../engines/onnx/large-weight.ts";
import { useReference } from "../engines/reference/index.ts";
import { Input } from "../layers/core/input-layer.ts";
import * as layers from "../layers/index.ts";
import { Functional } from "../models/functional.ts";
import type { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { exportOnnx, loadModel as openModel } from "../node.ts";
import type { Progress } from "../progress.ts";
import { fromNumbers } from "../tensor/cast.ts";
import { toNumbers } from "../tensor/numbers.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exportOnnx as exportFiles } from "./export-onnx.ts";
import { loadModel } from "./load.ts";
import { eachInFolder } from "./node/folder.fixture.ts";
import { writeOnnxFiles } from "./node/onnx-files.ts";
import { toBytes } from "./save-model.ts";

useReference();

let folder: string;
eachInFolder((each) => {
  folder = each;
});
const at = (name: string) => join(folder, name);

const image = () => Input({ shape: [6, 6, 2] });
const indices = () => Input({ shape: [4], dtype: "int32" });
const dense = (dtype?: string) =>
  new Sequential([
    Input({ shape: [5] }),
    new layers.Dense({ units: 7, dtype }),
    new layers.Dense({ units: 3, dtype }),
  ]);

/** Whose weights are used as they are, turned, in other shapes, as other dtypes, in loops. */
const models: Readonly<Record<string, () => Model | Promise<Model>>> = {
  dense,
  bfloat16: () => dense("bfloat16"),
  float16: () => dense("float16"),
  mixed: () => dense("mixed_bfloat16"),
  "a bfloat16 kernel that is turned": () =>
    new Sequential([image(), new layers.Conv2D({ filters: 3, kernel_size: 2, dtype: "bfloat16" })]),
  convolutions: () =>
    new Sequential([
      image(),
      new layers.Conv2D({ filters: 3, kernel_size: 2 }),
      new layers.SeparableConv2D({ filters: 4, kernel_size: 2 }),
      new layers.Conv2DTranspose({ filters: 2, kernel_size: 3 }),
      new layers.BatchNormalization(),
    ]),
  "one kernel twice": () => {
    const conv = new layers.Conv2D({ filters: 2, kernel_size: 2 });
    const inputs = image();
    return new Functional({ inputs, outputs: conv.apply(conv.apply(inputs)) });
  },
  recurrent: () =>
    new Sequential([Input({ shape: [4, 3] }), new layers.LSTM({ units: 3 }), new layers.Dense({ units: 2 })]),
  einsum: () =>
    new Sequential([
      Input({ shape: [4, 3] }),
      new layers.EinsumDense({ equation: "abc,cde->abde", output_shape: [null, 2, 5], bias_axes: "e" }),
    ]),
  embedding: () => new Sequential([indices(), new layers.Embedding({ input_dim: 9, output_dim: 5 })]),
  "eight bits": async () => {
    const model = dense();
    await model.quantize("int8");
    return model;
  },
  "four bits": async () => {
    const model = dense();
    await model.quantize("int4");
    return model;
  },
};
const names = Object.keys(models);

/** The bytes of files, each piece copied while it is there. */
async function bytesOf(pieces: AsyncIterable<Uint8Array> | null): Promise<Buffer | null> {
  if (!pieces) return null;
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

async function filesOf(model: Model, largest: number, largeWeight: number) {
  const { weights, model: write } = await exportFiles(model, { largest }, largeWeight);
  return { weights: await bytesOf(weights), model: await bytesOf(write("w.data")) };
}

function samples({ inputs }: Model): Tensor {
  const { shape, dtype } = inputs[0]!;
  const full = [2, ...shape.slice(1).map((size) => size ?? 3)];
  const size = full.reduce((a, b) => a * b, 1);
  const numbers = Array.from({ length: size }, (_, i) => (dtype === "int32" ? i % 9 : Math.sin(i)));
  return fromNumbers(dtype, full, numbers);
}

/** What an ONNX file computes, products of bytes exactly. */
async function computed(path: string, { data, shape, dtype }: Tensor): Promise<ArrayLike<number>> {
  const extra = { session: { x64quantprecision: "1" } };
  const session = await ort.InferenceSession.create(path, { extra });
  const [input = ""] = session.inputNames;
  const results = await session.run({
    [input]: new ort.Tensor(dtype as "float32", data as Float32Array, shape),
  });
  const { data: found } = results[session.outputNames[0]!]!;
  return found instanceof Uint16Array
    ? toNumbers({ dtype: "float16", data: found })
    : (found as Float32Array);
}

/** How many digits behind the point are the same where a model computes in other floats. */
const digits: Readonly<Record<string, number>> = {
  bfloat16: 1,
  mixed: 1,
  "a bfloat16 kernel that is turned": 1,
  float16: 2,
};

describe("a model as ONNX", () => {
  it("is the same to the byte, whether its weights were read or are in their file", async () => {
    const sources = new Map<string, Uint8Array>();
    for (const name of names) sources.set(name, await toBytes(await models[name]!()));
    const property = fc.asyncProperty(
      fc.constantFrom(...names),
      fc.constantFrom(0, 100, 300, 600, 2000, 1e6),
      fc.constantFrom(0, 1, 30, 100, 1024, 2 ** 20),
      fc.infiniteStream(fc.boolean()),
      async (name, largest, largeWeight, isRead) => {
        const [all, some] = [await loadModel(sources.get(name)!), await loadModel(sources.get(name)!)];
        await all.load();
        for (const variable of some.weights) if (isRead.next().value) await variable.load();
        expect(await filesOf(some, largest, largeWeight)).toEqual(await filesOf(all, largest, largeWeight));
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it.each(names)("that is in one file is that of export(): %s", async (name) => {
    const source = await toBytes(await models[name]!());
    const { model, weights } = await filesOf(await loadModel(source), 1e6, 30);
    expect(weights).toBe(null);
    expect(model).toEqual(Buffer.from(await (await loadModel(source)).export()));
  });

  it.each(names)("computes what the model does, its weights beside it: %s", async (name) => {
    const made = await models[name]!();
    const model = await loadModel(await toBytes(made));
    for (const largeWeight of [1, undefined]) {
      const [path = "", beside] = await writeOnnxFiles(at("m.onnx"), () =>
        exportFiles(model, { largest: 1 }, largeWeight),
      );
      expect(beside).toMatch(/\.data$/);
      const expected = toNumbers(made.apply(samples(made)) as unknown as Tensor);
      const received = await computed(path, samples(made));
      expect(received).toHaveLength(expected.length);
      for (const [i, value] of expected.entries()) expect(received[i]).toBeCloseTo(value, digits[name] ?? 4);
    }
  });
});

/** Its first weight takes several pieces. */
const large = () =>
  new Sequential([
    Input({ shape: [1025] }),
    new layers.Dense({ units: 2049 }),
    new layers.Dense({ units: 2 }),
  ]);

describe("weights that pass through", () => {
  it("stay in their file, and are told of", async () => {
    writeFileSync(at("a.keras"), await toBytes(large()));
    const model = await openModel(at("a.keras"));
    for (const options of [{}, { largest: 1000 }]) {
      const seen: Progress[] = [];
      await exportOnnx(model, at("a.onnx"), { ...options, onProgress: (progress) => seen.push(progress) });
      expect(model.weights.map(({ isMaterialized }) => isMaterialized)).toEqual([false, true, true, true]);
      const total = 4 * (1025 * 2049 + 2049 + 2049 * 2 + 2);
      const done = seen.map((progress) => progress.done);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect([seen[0]?.done, seen.at(-1)?.done]).toEqual([0, total]);
      expect(new Set(seen.map((progress) => progress.total))).toEqual(new Set([total]));
    }
    await model.dispose();
  });

  it("leave nothing behind where they are damaged", async () => {
    const bytes = await toBytes(large());
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(at("a.keras"), bytes);
    writeFileSync(at("a.onnx"), "old");
    const damaged = 'member "model.weights.h5": expected the bytes that were written';
    await expect(convert(at("a.keras"), at("a.onnx"))).rejects.toThrow(damaged);
    const model = await openModel(at("a.keras"));
    await expect(exportOnnx(model, at("a.onnx"), { largest: 1000 })).rejects.toThrow(damaged);
    await model.dispose();
    expect(readFileSync(at("a.onnx"), "utf8")).toBe("old");
    expect(readdirSync(folder).sort()).toEqual(["a.keras", "a.onnx"]);
  });

  it("leave nothing behind where a signal ends the work", async () => {
    const model = await loadModel(await toBytes(large()));
    const control = new AbortController();
    const onProgress = ({ done }: Progress) => done > 100_000 && control.abort(new Error("enough"));
    const work = exportOnnx(model, at("a.onnx"), { largest: 1000, onProgress, signal: control.signal });
    await expect(work).rejects.toThrow("enough");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [[3, 4], "7"],
    [[8, 4], "more"],
  ])("are as many bytes as they should be, and not %j", async (sizes, received) => {
    const pieces = async function* () {
      for (const size of sizes) yield new Uint8Array(size);
    };
    const weight = new LargeWeight("dense/kernel", "float32", [2], pieces);
    for (const each of [weight, weight.reshaped([2, 1]), weight.reshaped([2, 1]).transposed([1, 0])])
      await expect(bytesOf(each.pieces())).rejects.toThrow(
        `dense/kernel: expected 8 bytes of elements, received ${received}.`,
      );
  });
});
