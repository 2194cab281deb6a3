import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { capture } from "../../cli/capture.fixture.ts";
import { expectClose } from "../../engines/expect-close.ts";
import { Message } from "../../engines/onnx/protobuf.ts";
import { FileError } from "../../errors.ts";
import type { Model } from "../../models/model.ts";
import { loadModel as loadPath, loadWeights as loadPathWeights } from "../../node.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Budget } from "../budget.ts";
import { ranged, serve } from "../http.fixture.ts";
import { loadModel, loadWeights } from "../load.ts";
import { eachInFolder } from "../node/folder.fixture.ts";
import { type Files, fileOf, goldenSample, storedTensor } from "./golden.fixture.ts";
import { readKerasMetadata } from "./keras-metadata.ts";

let folder: string;
eachInFolder((each) => {
  folder = each;
});

const main = "saved/saved_model.pb";
const notes = "saved/keras_metadata.pb";
const plain = await goldenSample("plain");
const functions = await goldenSample("function");
const without = (...names: string[]): Files =>
  new Map([...plain.files].filter(([name]) => !names.includes(name)));
const withNotes = (text: string, identifier = "_tf_keras_sequential"): Files => {
  const node = new Message().string(3, "root").string(4, identifier).string(5, text);
  return new Map(plain.files).set(notes, new Message().message(1, node).finish());
};

function writeFiles(files: Files): void {
  for (const [name, bytes] of files) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

async function expectPlain(model: Model): Promise<void> {
  await model.load();
  const output = model.apply(storedTensor(plain.facts.inputs[0]!)) as Tensor;
  expectClose(output, storedTensor(plain.facts.outputs[0]), "output", 1e-6);
}

describe("a SavedModel is opened", () => {
  it("by the path of its folder, and of its main file", async () => {
    writeFiles(plain.files);
    for (const path of [join(folder, "saved"), join(folder, main)]) {
      const model = await loadPath(path);
      await expectPlain(model);
      await model.dispose();
    }
  });

  it("by its address", async () => {
    const address = await serve((request, response, range) => {
      const bytes = plain.files.get((request.url ?? "").slice(1));
      if (bytes) ranged(bytes)(request, response, range);
      else response.writeHead(404).end();
    });
    for (const path of ["saved/", main]) await expectPlain(await loadModel(new URL(path, address)));
  });

  it("of the files that somebody chose in a page", async () => {
    const files = [...plain.files].filter(([name]) => name.startsWith("saved/"));
    await expectPlain(
      await loadModel(
        files.map(([name, bytes]) => new File([bytes as BlobPart], name.slice(name.lastIndexOf("/") + 1))),
      ),
    );
  });

  it("with its weights, which are read when they are needed", async () => {
    writeFiles(plain.files);
    const model = await loadPath(join(folder, "saved"));
    expect(model.weights.map(({ isMaterialized }) => isMaterialized)).toEqual([false, false, false]);
  });
});

describe("a checkpoint is opened", () => {
  it("by its path, and by what all its files begin with", async () => {
    writeFiles(plain.files);
    for (const path of ["weights", "weights.index", "saved", "saved/variables/variables"]) {
      const model = await loadPath(join(folder, "saved"));
      for (const weight of model.weights)
        weight.assign(fromNumbers(weight.dtype, weight.shape, new Array(weight.value.size).fill(0)));
      expect(await loadPathWeights(model, join(folder, path))).toEqual([]);
      await expectPlain(model);
    }
  });

  it("of another model says what does not fit", async () => {
    const other = await goldenSample("trained");
    const model = await loadModel(fileOf(plain.files, main));
    const weights = fileOf(other.files, "weights.index");
    await expect(loadWeights(model, weights)).rejects.toThrow(
      'checkpoint.index root.layer_with_weights-1: expected variables of "dense_1", 1 ["kernel"], received 2 ["kernel", "bias"].',
    );
    const skipped = await loadWeights(model, weights, { skipMismatch: true });
    expect(skipped.map(({ path }) => path)).toEqual(["checkpoint.index root.layer_with_weights-1"]);
  });
});

describe("the state of an optimizer", () => {
  it("is that of the step that was trained", async () => {
    const { files } = await goldenSample("trained");
    const model = await loadModel(fileOf(files, main));
    const kept = await Promise.all((model.optimizerState?.variables ?? []).map(({ data }) => data()));
    const [count, rate, ...moments] = kept.map(({ data }) => Array.from(data, Number));
    expect([count, rate]).toEqual([[1], [Math.fround(0.001)]]);
    expect(kept.slice(2).map(({ shape }) => shape)).toEqual(
      model.weights.flatMap(({ shape }) => [shape, shape]),
    );
    // After one step of Adam the second moment is a tenth of the square of the first.
    for (let i = 0; i < moments.length; i += 2)
      for (const [at, first] of (moments[i] ?? []).entries())
        expect(moments[i + 1]?.[at]).toBeCloseTo(first ** 2 / 10, 6);
    expect(moments.flat().some((value) => Math.abs(value) > 0.01)).toBe(true);
    expect(model.optimizer?.variables.length).toBe(kept.length);
  });

  it("is none where the model is not compiled", async () => {
    const { files } = await goldenSample("trained");
    expect((await loadModel(fileOf(files, main), { compile: false })).optimizerState).toBeNull();
    expect((await loadModel(fileOf(plain.files, main))).optimizerState).toBeNull();
  });
});

describe("a SavedModel is refused", () => {
  it.each<[string, Files, string]>([
    [
      "of functions",
      functions.files,
      "saved_model.pb: expected a SavedModel of Keras, received one of TensorFlow's functions, which have no layers",
    ],
    ["without what Keras noted", without(notes), "keras_metadata.pb: there is no such file."],
    [
      "without its variables",
      without("saved/variables/variables.index"),
      "variables.index: there is no such file.",
    ],
    [
      "without its numbers",
      without("saved/variables/variables.data-00000-of-00001"),
      "variables.data-00000-of-00001: there is no such file.",
    ],
    [
      "of another object",
      withNotes("{}", "_generic_user_object"),
      "expected a model of Keras, received another object of Python.",
    ],
    [
      "without a config",
      withNotes("{}"),
      "saved_model.pb root: expected the config of a model, received none: only its functions were saved.",
    ],
    ["without a whole config", withNotes('{"class_name": "Sequential"}'), 'received none of "Sequential"'],
    ["of wrong JSON", withNotes("{"), "saved_model.pb root, line 1"],
  ])("%s", async (_, files, message) => {
    const error = await loadModel(fileOf(files, main)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toContain(message);
  });

  it("alone, and says what it needs", async () => {
    await expect(loadModel(plain.files.get(main) ?? new Uint8Array())).rejects.toThrow(
      'saved_model.pb: expected the file "keras_metadata.pb" beside it, received one file alone.',
    );
    await expect(
      loadWeights(
        await loadModel(fileOf(plain.files, main)),
        plain.files.get("weights.index") ?? new Uint8Array(),
      ),
    ).rejects.toThrow(
      'checkpoint.index: expected the file "checkpoint.data-00000-of-00001" beside it, received one file alone.',
    );
  });
});

it("of TensorFlow 2.0 to 2.4 has its notes in the main file", async () => {
  const [root] = readKerasMetadata(plain.files.get(notes) ?? new Uint8Array(), "notes", new Budget(1));
  const object = new Message().message(
    4,
    new Message().string(1, "_tf_keras_sequential").string(3, root?.metadata ?? ""),
  );
  const graph = new Message().message(7, new Message().message(1, object));
  const files = new Map(without(notes)).set(main, new Message().int(1, 1).message(2, graph).finish());
  await expectPlain(await loadModel(fileOf(files, main)));
});

it("ceratops check says what it is", async () => {
  writeFiles(plain.files);
  const { stdout } = await capture(["check", join(folder, main)]);
  expect(stdout).toContain(
    "is the saved_model.pb of a SavedModel. loadModel opens its folder, or all files of it.",
  );
});
