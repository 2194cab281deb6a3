import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import * as ort from "onnxruntime-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tensor } from "./engines/tensor.ts";
import { FileError } from "./errors.ts";
import { Dense, Input } from "./layers/index.ts";
import { cloneModel } from "./models/clone-model.ts";
import { exportModelFiles } from "./models/export-model.ts";
import type { Model } from "./models/model.ts";
import { Sequential } from "./models/sequential.ts";
import { exportOnnx, loadModel, loadWeights, readMetadata, saveModel, saveWeights } from "./node.ts";
import { extensionsOf } from "./saving/formats/format.ts";
import { metadataReaders, modelReaders, modelWriters, weightReaders } from "./saving/formats/index.ts";
import { counted, customObjects, twoLayers } from "./saving/layers.fixture.ts";
import { writeOnnxFiles } from "./saving/node/onnx-files.ts";
import { writeFileAtomic } from "./saving/node/write-file.ts";
import { gather, toBytes } from "./saving/save-model.ts";
import { full } from "./tensor/create.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
  path = join(folder, "model.keras");
});
afterEach(() => rmSync(folder, { recursive: true }));

const values = () => twoLayers().getWeights();

/** A model all of whose weights are one number. */
function filled(value: number, units: number): Sequential {
  const model = new Sequential([Input({ shape: [units] }), new Dense({ units })]);
  model.setWeights(model.weights.map(({ shape }) => full(shape, value, "float32")));
  return model;
}

/** The numbers that a model's weights are. */
function numbersOf(model: Model): unknown[] {
  return [...new Set(model.getWeights().flatMap(({ data }) => [...data]))];
}

describe("models on disk", () => {
  it("are written and read", async () => {
    await saveModel(twoLayers(), path);
    expect(new Uint8Array(readFileSync(path))).toEqual(await toBytes(twoLayers()));
    const model = await loadModel(path, { customObjects });
    expect(model.weights.some((variable) => variable.isMaterialized || variable.isRemote)).toBe(false);
    expect(model.getWeights()).toEqual(values());
  });

  it("are closed by dispose, when no clone reads there any more", async () => {
    await saveModel(twoLayers(), path);
    const closed = `${path}: expected an open file, received a closed one.`;
    const model = await loadModel(path, { customObjects });
    const clones = [cloneModel(model, { weights: "copy" }), cloneModel(model, { weights: "copy" })];
    const whole = cloneModel(model, { weights: "copy" });
    await whole.load();
    for (const one of [model, whole, clones[0]!]) await one.dispose();
    expect(clones[1]!.weights[0]!.value).toEqual(values()[0]);
    await clones[1]!.dispose();
    expect(() => clones[1]!.getWeights()).toThrow(closed);
    expect(() => model.getWeights()).toThrow(closed);
    expect(whole.getWeights()).toEqual(values());
  });

  it("are closed by dispose also where they only had weights", async () => {
    const weights = join(folder, "model.weights.h5");
    await saveWeights(twoLayers(), weights);
    const model = twoLayers();
    await loadWeights(model, weights);
    await model.dispose();
    expect(() => model.getWeights()).toThrow(`${weights}: expected an open file, received a closed one.`);
  });

  it("take options", async () => {
    await saveModel(twoLayers(), path, { keras: "3.15", date: new Date(2026, 0, 2, 3, 4, 5) });
    const metadata = { keras_version: "3.15.0", date_saved: "2026-01-02@03:04:05" };
    expect(await readMetadata(path)).toEqual(metadata);
    expect((await loadModel(path, { customObjects, compile: false })).compiled).toBe(false);
  });

  it("are written over while weights are still to be read from them", async () => {
    await saveModel(twoLayers(), path);
    const model = await loadModel(path, { customObjects });
    model.getLayer("out").weights[0]!.assign(counted([4, 2], 50));
    await saveModel(model, path);
    const [first, second, , fourth] = values();
    const expected = [first, second, counted([4, 2], 50), fourth];
    expect((await loadModel(path, { customObjects })).getWeights()).toEqual(expected);
    expect(model.weights[0]!.isMaterialized).toBe(false);
    expect(model.getWeights()).toEqual(expected);
  });

  it("are those of one of those who save at once, who may read from there, too", async () => {
    await saveModel(filled(1, 200), path);
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => loadModel(path)));
    for (const [i, model] of others.entries()) model.setWeights(filled(2 + i, 200).getWeights());
    await Promise.all([first!, ...others].map((model) => saveModel(model, path)));
    const [value, ...mixed] = numbersOf(await loadModel(path, { verify: true }));
    expect([1, 2, 3, 4]).toContain(value);
    expect(mixed).toEqual([]);
    expect(numbersOf(first!)).toEqual([1]);
    expect(readdirSync(folder)).toEqual([basename(path)]);
  });

  it("stay readable once their file is gone", async () => {
    await saveModel(twoLayers(), path);
    const model = await loadModel(path, { customObjects });
    rmSync(path);
    expect(model.getWeights()).toEqual(values());
  });

  it("are as they were after a save that failed", async () => {
    await saveModel(twoLayers(), path);
    const before = readFileSync(path);
    const model = twoLayers();
    model.getLayer("out").weights[0]!.assignLazily({
      now: () => {
        throw new Error("no such tensor");
      },
    });
    await expect(saveModel(model, path)).rejects.toThrow("no such tensor");
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(folder)).toEqual(["model.keras"]);
  });

  it.runIf(existsSync("/proc/self/fd"))("hold no file open after an error", async () => {
    const open = () => readdirSync("/proc/self/fd").length;
    writeFileSync(path, "no model");
    const before = open();
    for (let i = 0; i < 20; i++) await expect(loadModel(path)).rejects.toThrow(FileError);
    expect(open()).toBe(before);
  });
});

describe("weights on disk", () => {
  it("are written and read", async () => {
    const weights = join(folder, "m.weights.h5");
    await saveWeights(twoLayers(), weights);
    await saveModel(twoLayers(), path);
    for (const file of [weights, path]) {
      const model = twoLayers();
      model.setWeights(model.weights.map(({ shape }) => counted(shape, -1)));
      expect(await loadWeights(model, file)).toEqual([]);
      expect(model.getWeights()).toEqual(values());
    }
    expect(statSync(weights).size).toBeLessThan(statSync(path).size);
  });

  it("of a model are taken over by the model whose file is written over", async () => {
    await saveModel(twoLayers(), path);
    const model = await loadModel(path, { customObjects });
    await loadWeights(model, path);
    await saveModel(model, path);
    expect((await loadModel(path, { customObjects })).getWeights()).toEqual(values());
  });
});

describe("ONNX on disk", () => {
  it("has its weights inside, or beside it where they are many", async () => {
    const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 300 })]);
    const at = join(folder, "model.onnx");
    expect(await exportOnnx(model, at)).toEqual([at]);
    const input = { [model.inputs[0]!.name]: new ort.Tensor("float32", Float32Array.of(1, 2, 3, 4), [1, 4]) };
    const run = async () => {
      const session = await ort.InferenceSession.create(at);
      return (await session.run(input))[session.outputNames[0]!]!.data;
    };
    const inside = await run();
    const [, beside = ""] = await exportOnnx(model, at, { largest: 2000 });
    expect(beside).toMatch(/model\.onnx\.[0-9a-f]{16}\.data$/);
    expect(statSync(at).size).toBeLessThan(2000);
    expect(await run()).toEqual(inside);
    expect(await exportOnnx(model, at, { largest: 2000 })).toEqual([at, beside]);
    expect(await run()).toEqual(inside);
    // Other weights are in another file, and those that nobody needs any more are gone.
    model.weights[0]!.reset();
    model.weights[1]!.assign(tensor(new Float32Array(300).fill(2)));
    const [, other = ""] = await exportOnnx(model, at, { largest: 2000 });
    expect(other).not.toBe(beside);
    expect([beside, other].map((path) => existsSync(path))).toEqual([false, true]);
    expect(await run()).not.toEqual(inside);
    expect(await exportOnnx(model, at)).toEqual([at]);
    expect(existsSync(other)).toBe(false);
  });

  it("is as it was after a failure, whichever file could not be written", async () => {
    const at = join(folder, "kept.onnx");
    const bytesOf = (text: string) => ({
      async *[Symbol.asyncIterator]() {
        yield new TextEncoder().encode(text);
      },
    });
    const files = (text: string) => async () => ({
      model: (name: string) => bytesOf(name),
      weights: bytesOf(text),
    });
    await writeOnnxFiles(at, files("old"));
    const before = readdirSync(folder).filter((name) => name.startsWith("kept.onnx"));
    expect(before).toEqual(["kept.onnx", readFileSync(at, "utf8")]);
    for (const failing of [0, 1]) {
      let written = 0;
      const write: typeof writeFileAtomic = async (...args) => {
        if (written++ === failing) throw new RangeError("no space left");
        await writeFileAtomic(...args);
      };
      for (const weights of ["old", "new"]) {
        written = 0;
        await expect(writeOnnxFiles(at, files(weights), write)).rejects.toThrow("no space left");
        expect(readdirSync(folder).filter((name) => name.startsWith("kept.onnx"))).toEqual(before);
        expect(readFileSync(at, "utf8")).toBe(before[1]);
      }
    }
  });

  it("keeps its weights when it is written again, however its path is spelled", async () => {
    const at = join(folder, "again.onnx");
    const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 300 })]);
    const paths = [at, join(folder, ".", "again.onnx"), `${folder}//again.onnx`, relative(process.cwd(), at)];
    for (const path of [...paths, `./${relative(process.cwd(), at)}`]) {
      const [written, beside] = await exportOnnx(model, path, { largest: 2000 });
      expect([written, beside]).toEqual([path, expect.stringMatching(/^.*again\.onnx\.[0-9a-f]{16}\.data$/)]);
      expect(readdirSync(folder).filter((name) => name.startsWith("again.onnx."))).toEqual([
        basename(beside ?? ""),
      ]);
    }
  });

  it("writes its weights again where another export removed them meanwhile", async () => {
    const at = join(folder, "both.onnx");
    const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 300 })]);
    const make = () => exportModelFiles(model, { largest: 2000 });
    let lost = 0;
    const write: typeof writeFileAtomic = async (path, data, placeOf) => {
      await writeFileAtomic(path, data, placeOf);
      const others = readdirSync(folder).filter((name) => name.startsWith("both.onnx."));
      if (path !== at || placeOf) return;
      for (const name of others) rmSync(join(folder, name));
      lost += others.length;
    };
    const [, beside = ""] = await writeOnnxFiles(at, make, write);
    const { weights } = await make();
    expect(lost).toBe(1);
    expect(readFileSync(beside)).toEqual(Buffer.from(await gather(weights!)));
  });

  it("is that of one of those who write at once, with its own weights", async () => {
    const at = join(folder, "race.onnx");
    const models = [1, 2, 3, 4].map((value) => filled(value, 30));
    const input = new ort.Tensor("float32", new Float32Array(30), [1, 30]);
    for (let round = 0; round < 5; round++) {
      await Promise.all(models.map((model) => exportOnnx(model, at, { largest: 2000 })));
      const session = await ort.InferenceSession.create(at);
      const { data } = (await session.run({ [session.inputNames[0]!]: input }))[session.outputNames[0]!]!;
      const [value, ...mixed] = new Set(data as Float32Array);
      expect([1, 2, 3, 4]).toContain(value);
      expect(mixed).toEqual([]);
    }
    const [, beside = ""] = await exportOnnx(models[0]!, at, { largest: 2000 });
    expect(readdirSync(folder).sort()).toEqual(["race.onnx", basename(beside)]);
  });

  it("removes no other file", async () => {
    const at = join(folder, "beside.onnx");
    const others = ["beside.onnx.data", "beside.onnx.0123.data", "other.onnx.0123456789abcdef.data"];
    for (const name of others) writeFileSync(join(folder, name), "");
    await exportOnnx(new Sequential([Input({ shape: [4] }), new Dense({ units: 300 })]), at, {
      largest: 2000,
    });
    expect(others.map((name) => existsSync(join(folder, name)))).toEqual([true, true, true]);
  });
});

describe("paths", () => {
  const model = twoLayers();
  const models = extensionsOf(modelReaders);
  it.each<[what: string, work: () => Promise<unknown>, message: string]>([
    ["loadModel", () => loadModel("m.onnx"), `expected a path that ends in ${models}, received "m.onnx".`],
    [
      "loadModel of nothing that is there",
      () => loadModel("m"),
      `expected a path that ends in ${models}, received "m". Did you mean "m.keras"?`,
    ],
    [
      "saveModel",
      () => saveModel(model, "m.zip"),
      `expected a path that ends in ${extensionsOf(modelWriters)}, received "m.zip". Did you mean "m.keras"?`,
    ],
    [
      "readMetadata",
      () => readMetadata("m"),
      `expected a path that ends in ${extensionsOf(metadataReaders)}, received "m". Did you mean "m.keras"?`,
    ],
    [
      "saveWeights",
      () => saveWeights(model, "m.h5"),
      'expected a path that ends in .weights.h5, received "m.h5". Did you mean "m.weights.h5"?',
    ],
    [
      "loadWeights",
      () => loadWeights(model, "m.onnx"),
      `expected a path that ends in ${extensionsOf(weightReaders)}, received "m.onnx".`,
    ],
    ["something else", () => loadModel(3 as never), `expected a path that ends in ${models}, received 3.`],
  ])("%s: the wrong ending", async (_, work, message) => {
    await expect(work()).rejects.toEqual(new FileError("path", message));
  });

  it("addresses of files are paths, a Buffer is a file's bytes", async () => {
    const url = pathToFileURL(path);
    await saveModel(model, url);
    for (const input of [url, url.href, readFileSync(path), new Blob([readFileSync(path)])]) {
      const loaded = await loadModel(input, { customObjects });
      await loaded.load();
      expect(loaded.getWeights()).toEqual(values());
      expect(await loadWeights(twoLayers(), input)).toEqual([]);
      expect(await readMetadata(input)).toMatchObject({ keras_version: "3.6.0" });
    }
  });

  it("addresses on the web are asked for, and nothing is written there", async () => {
    const bytes = await toBytes(twoLayers());
    const server = createServer((_, response) => response.end(bytes));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/download?token=secret`;
    for (const input of [address, new URL(address)]) {
      const loaded = await loadModel(input, { customObjects });
      expect(loaded.getWeights()).toEqual(values());
      await expect(saveModel(model, input)).rejects.toThrow(
        "path: expected a path on this machine, received ",
      );
    }
    server.closeAllConnections();
    server.close();
    await expect(loadModel(address)).rejects.toThrow(
      `http://127.0.0.1:${port}/download: expected an answer, received an error`,
    );
  });

  it.each<[what: string, work: (path: string) => Promise<unknown>]>([
    ["loadModel", loadModel],
    ["readMetadata", readMetadata],
    ["loadWeights", (missing) => loadWeights(model, missing)],
  ])("%s: no file there", async (_, work) => {
    const missing = join(folder, "none.keras");
    await expect(work(missing)).rejects.toEqual(
      new FileError(missing, "cannot be read: no such file or directory."),
    );
  });

  it("saveModel: no folder there", async () => {
    const missing = join(folder, "none", "m.keras");
    await expect(saveModel(model, missing)).rejects.toEqual(
      new FileError(missing, "cannot be written: no such file or directory. Make its folder first."),
    );
  });

  it("a folder is no file", async () => {
    mkdirSync(path);
    await expect(loadModel(path)).rejects.toThrow(`${path}: expected a file, received a folder.`);
  });

  it("errors of a file name it", async () => {
    writeFileSync(path, "{}");
    await expect(loadModel(path)).rejects.toThrow(
      `${path}: expected a .keras file, received JSON text. It holds no model.`,
    );
  });
});
