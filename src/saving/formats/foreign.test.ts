import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { capture } from "../../cli/capture.fixture.ts";
import { FileError } from "../../errors.ts";
import { loadModel as loadFile } from "../../node.ts";
import { openArchive } from "../archive.ts";
import { type NewMember, writeArchive } from "../archive-writer.ts";
import { planHdf5 } from "../hdf5/plan.ts";
import { twoLayers } from "../layers.fixture.ts";
import { loadModel } from "../load.ts";
import { gather, saveWeights, toBytes } from "../save-model.ts";
import { table } from "../saved-model/table.fixture.ts";
import { memorySource } from "../sources.ts";

const text = (characters: string) => new TextEncoder().encode(characters);
const whole = (keras_version: string | null) => {
  const attributes = new Map([["model_config", "{}"]]);
  if (keras_version !== null) attributes.set("keras_version", keras_version);
  return planHdf5({ attributes, children: new Map() }).toBytes();
};
const zipped = (files: Readonly<Record<string, Uint8Array>>) => {
  const members = Object.entries(files).map(
    ([name, bytes]): NewMember => ({ name, size: bytes.length, chunks: () => bytes }),
  );
  return gather(writeArchive(members));
};
const good = await toBytes(twoLayers());
const { members } = await openArchive(memorySource(good));
const config = await members.get("config.json")!.read();
const keras2 = new Uint8Array(readFileSync("golden/2.15/models/seq_input_shape.keras"));

/** What a file is, and one sentence of what to do with it. */
const files: readonly (readonly [name: string, bytes: Uint8Array, received: string])[] = [
  ["empty", new Uint8Array(), "an empty file. The download or the copy failed"],
  [
    "legacy weights",
    planHdf5({ attributes: new Map([["layer_names", ["a"]]]), children: new Map() }).toBytes(),
    "the weights of a model of Keras 2 or older, without the model. Make the model, and call loadWeights",
  ],
  [
    "legacy weights in a group",
    planHdf5({
      children: new Map([
        ["model_weights", { attributes: new Map([["layer_names0", ["a"]]]), children: new Map() }],
      ]),
    }).toBytes(),
    "the weights of a model of Keras 2 or older, without the model. Make the model, and call loadWeights",
  ],
  [
    "weights",
    await gather(saveWeights(twoLayers())),
    "the weights of a model, without the model (.weights.h5). Make the model, and call loadWeights",
  ],
  ["other HDF5", planHdf5({ children: new Map() }).toBytes(), "an HDF5 file. It holds no model of Keras."],
  [
    "TensorFlow.js graph",
    text('{"format": "graph-model", "modelTopology": {}}'),
    "a graph model of TensorFlow.js. It has no layers",
  ],
  [
    "an index of weights",
    text('{"weight_map": {"/layers/dense/vars": "m_00000.weights.h5"}}'),
    "the index of a model's weights in several files (.weights.json). Make the model, and call loadWeights with it and this file.",
  ],
  ["other JSON", text('{"error": "not found"}'), "JSON text. It holds no model."],
  ["cut JSON", text('{"class_name": "Mod'), "broken JSON text. The file may be cut."],
  [
    "ONNX",
    Uint8Array.of(0x08, 0x0a, 0x12, 0x05, 0x6b, 0x65, 0x72, 0x61, 0x73),
    "an ONNX file. ONNX Runtime runs it as it is",
  ],
  [
    "the index of a checkpoint",
    table([["", Uint8Array.of(8, 1)]]),
    "the index of a checkpoint of TensorFlow. Make the model, and call loadWeights",
  ],
  [
    "keras_metadata.pb",
    Uint8Array.of(0x0a, 0xb0, 0x20, 0x1a, 4, 0x72, 0x6f, 0x6f, 0x74, 0x22, 1, 0x61),
    "the keras_metadata.pb of a SavedModel. loadModel opens its folder",
  ],
  ["a LevelDB table", table([["key", Uint8Array.of(8, 1)]]), "a LevelDB table. It holds no model."],
  ["TFLite", Uint8Array.of(0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33, 0, 0), "a model of TensorFlow Lite."],
  [
    "HTML",
    text("\n<!DOCTYPE html>\n<html><head>"),
    'a page of HTML. The address is that of a page about the file; that of the file itself has "raw" or "resolve" in place of "blob".',
  ],
  [
    "XML",
    text('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
    "XML text. A server may have answered with an error",
  ],
  [
    "Git LFS",
    text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
    "a pointer of Git LFS in place of the file. Get the file itself: git lfs pull.",
  ],
  ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "a gzip file. Unpack it first."],
  [
    ".npy",
    Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0),
    "a .npy file. It holds an array and no model.",
  ],
  [".npz", await zipped({ "a.npy": new Uint8Array(8) }), "a .npz file. It holds arrays and no model."],
  [
    "PyTorch",
    await zipped({ "archive/data.pkl": new Uint8Array(8) }),
    "a file of PyTorch. Ceratops reads models of Keras only.",
  ],
  [
    "a folder inside",
    await zipped({ "m/config.json": config, "m/metadata.json": text("{}") }),
    "a zip archive with the model's files in a folder. Pack config.json",
  ],
];
/** How `check` ends with what is not simply clean: it holds code, nobody looks into it, or it is no model at all. */
const checkCodes: Readonly<Record<string, number>> = {
  PyTorch: 1,
  ONNX: 3,
  "the index of a checkpoint": 3,
  "keras_metadata.pb": 3,
  "a LevelDB table": 5,
  TFLite: 3,
  gzip: 3,
  empty: 5,
  "other JSON": 5,
  "cut JSON": 5,
  HTML: 5,
  XML: 5,
  "Git LFS": 5,
  "a folder inside": 5,
};
const folder = mkdtempSync(join(tmpdir(), "ceratops-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a file of another kind is named, with the way forward", () => {
  it.each(files)("%s", async (name, bytes, received) => {
    const message = `expected a .keras file, received ${received}`;
    await expect(loadModel(bytes)).rejects.toThrow(message);
    await expect(loadModel(bytes)).rejects.toBeInstanceOf(FileError);
    await expect(loadModel(new Blob([bytes as Uint8Array<ArrayBuffer>]))).rejects.toThrow(message);
    const path = join(folder, `${name}.keras`);
    writeFileSync(path, bytes);
    await expect(loadFile(path)).rejects.toThrow(message);
    // HDF5 without a model is looked at as weights.
    if (/weights|HDF5/.test(name) && !name.startsWith("whole")) return;
    expect(await capture(["summary", path])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(message),
    });
    const checked = await capture(["check", path]);
    expect([checked.code, checked.stdout]).toEqual([
      checkCodes[name] ?? 0,
      expect.stringContaining(`is ${received}`),
    ]);
  });

  it("whatever it is called", async () => {
    const path = join(folder, "model.h5");
    writeFileSync(path, planHdf5({ children: new Map() }).toBytes());
    await expect(loadFile(path)).rejects.toThrow(`${path}: expected a .keras file, received an HDF5 file.`);
  });

  it("HDF5 that is cut", async () => {
    const cut = whole("3.8.0").slice(0, 100);
    await expect(loadModel(cut)).rejects.toThrow(/as the superblock says, received 100/);
    const path = join(folder, "cut.h5");
    writeFileSync(path, cut);
    expect((await capture(["check", path])).stdout).toContain("is a broken HDF5 file. It may be cut");
  });

  it("of Keras 2, under the name .keras", async () => {
    const path = join(folder, "two.keras");
    writeFileSync(path, keras2);
    const { code, stdout } = await capture(["check", path]);
    expect(code).toBe(0);
    expect(stdout).toContain("written by  Keras 2.15.0, 2024-01-02@03:04:05\n");
    expect(stdout).toContain(
      "  note        is a .keras file of Keras 2.15.0. loadModel opens it, and saveModel writes it for Keras 3. [other-format]\n",
    );
    expect(stdout).toContain(
      "  not in      tf.keras 2.9 to 2.11: a .keras file, which came with Keras 2.12\n",
    );
    expect(JSON.parse((await capture(["check", path, "--json"])).stdout).needs).toBeNull();
  });

  it.each([
    [
      ["config.json", "metadata.json", "model.weights.h5"],
      "a folder with the files of a .keras archive. Pack them into one",
    ],
    [["a.keras", "notes.txt"], 'a folder. Give "a.keras" in it.'],
    [[], "a folder."],
  ])("a folder of %j", async (names, received) => {
    const path = mkdtempSync(join(folder, "model-"));
    for (const name of names) writeFileSync(join(path, name), "");
    mkdirSync(join(path, "variables"));
    const message = `${path}: expected a file, received ${received}`;
    expect(await capture(["summary", path])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(message),
    });
  });
});
