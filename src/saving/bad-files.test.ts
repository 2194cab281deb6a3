import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CeratopsError, ConfigError, FileError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { openArchive } from "./archive.ts";
import { writeArchive } from "./archive-writer.ts";
import type { Hdf5GroupInput } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import { counted, customObjects, Project, twoLayers } from "./layers.fixture.ts";
import { type LoadModelOptions, loadModel } from "./load.ts";
import { gather, saveModel, toBytes } from "./save-model.ts";
import { memorySource } from "./sources.ts";

type Parts = Map<string, Uint8Array>;

const good = await toBytes(twoLayers());

/** The file of `twoLayers` with some members changed. */
async function changed(change: (parts: Parts) => void): Promise<Uint8Array> {
  const { members } = await openArchive(memorySource(good));
  const parts: Parts = new Map();
  for (const member of members.values()) parts.set(member.name, await member.read());
  change(parts);
  const all = Array.from(parts, ([name, bytes]) => ({ name, size: bytes.length, chunks: () => bytes }));
  return gather(writeArchive(all));
}

const withConfig = (text: string) =>
  changed((parts) => parts.set("config.json", new TextEncoder().encode(text)));

function load(bytes: Uint8Array, options: LoadModelOptions = {}): Promise<Model> {
  return loadModel(bytes, { customObjects, ...options });
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail("expected an error"),
    (error: unknown) => error,
  );
}

describe("files that are none", () => {
  it.each<[what: string, bytes: Uint8Array, name: string, message: string]>([
    [
      "empty",
      new Uint8Array(),
      "archive",
      "expected a .keras file, received an empty file. The download or the copy failed: get it again.",
    ],
    [
      "JSON",
      new TextEncoder().encode("{}"),
      "model.json",
      "expected a .keras file, received JSON text. It holds no model.",
    ],
    [
      "HDF5",
      planHdf5({ children: new Map() }).toBytes(),
      "model.h5",
      "expected a .keras file, received an HDF5 file. It holds no model of Keras.",
    ],
  ])("%s", async (_, bytes, name, message) => {
    expect(await errorOf(load(bytes))).toEqual(new FileError(name, message));
  });

  it("says the name it is given", async () => {
    await expect(load(new Uint8Array(), { name: "m.keras" })).rejects.toThrow(
      "m.keras: expected a .keras file",
    );
  });

  it("something else altogether", async () => {
    await expect(loadModel("model.keras" as never)).rejects.toThrow(
      "source: expected bytes, a Blob, a URL or a ByteSource, received string. Paths of files are taken by ceratops/node.",
    );
  });

  it.each([0.2, 0.5, 0.9, 0.999])("cut off after %d", async (part) => {
    const error = await errorOf(load(good.subarray(0, Math.floor(good.length * part))));
    expect(error).toBeInstanceOf(FileError);
  });
});

describe("members", () => {
  it.each<[what: string, change: (parts: Parts) => void, message: string]>([
    [
      "no config",
      (parts) => parts.delete("config.json"),
      'archive: expected a member "config.json", received ["metadata.json", "model.weights.h5"].',
    ],
    [
      "no weights",
      (parts) => parts.delete("model.weights.h5"),
      'archive: expected a member "model.weights.h5", received ["metadata.json", "config.json"].',
    ],
    [
      "weights of NumPy",
      (parts) => parts.delete("model.weights.h5") && parts.set("model.weights.npz", new Uint8Array(3)),
      "archive: expected weights in model.weights.h5, received model.weights.npz, which is not supported. Save the model again with Keras's default format.",
    ],
    [
      "other weights",
      (parts) => parts.set("model.weights.h5", new TextEncoder().encode("x".repeat(600))),
      "model.weights.h5",
    ],
    [
      "metadata of another kind",
      (parts) => parts.set("metadata.json", new TextEncoder().encode("[1]")),
      "metadata.json: expected an object, received [1].",
    ],
    [
      "metadata that is no JSON",
      (parts) => parts.set("metadata.json", new TextEncoder().encode("{")),
      "metadata.json",
    ],
    [
      "a config that is not UTF-8",
      (parts) => parts.set("config.json", Uint8Array.of(0x22, 0xff, 0x22)),
      "config.json: expected UTF-8 text, received other bytes.",
    ],
  ])("%s", async (_, change, message) => {
    const error = await errorOf(load(await changed(change)));
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toContain(message);
  });
});

describe("configs", () => {
  it.each<[what: string, text: string, message: string]>([
    ["no JSON", "{", "config.json"],
    ["a list", "[]", "config: expected a model, received []."],
    ["a plain dict", '{"a": NaN}', "config: expected a model, received { a: NaN }."],
    [
      "a layer",
      '{"module": null, "class_name": "Project", "config": {"units": 2}, "registered_name": "test>Project"}',
      'config: expected a model, received Project "project".',
    ],
    [
      "an unknown class",
      '{"module": "os", "class_name": "system", "config": {}, "registered_name": null}',
      "unknown",
    ],
    [
      "code",
      '{"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"}',
      'unknown function "eval"',
    ],
    [
      "the name of a prototype",
      '{"module": "keras", "class_name": "__proto__", "config": {}}',
      "unknown class",
    ],
    ["too deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "at most 1000 levels of nesting"],
  ])("%s", async (_, text, message) => {
    const error = await errorOf(load(await withConfig(text)));
    expect(error).toBeInstanceOf(CeratopsError);
    expect((error as Error).message).toContain(message);
  });

  it("100,000 models in each other", async () => {
    const open = '{"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": [';
    const text = open.repeat(100_000) + ']}, "registered_name": null}'.repeat(100_000);
    const error = await errorOf(load(await withConfig(text)));
    expect(error).toBeInstanceOf(FileError);
  });

  it("keys of a prototype stay keys", async () => {
    const text = twoLayers()
      .toJson()
      .replace('"trainable": true', '"trainable": true, "__proto__": {"polluted": 1}');
    await expect(load(await withConfig(text))).rejects.toThrow('unknown key "__proto__"');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("NaN and Infinity where a number is expected", async () => {
    for (const number of ["NaN", "Infinity", "-Infinity", "1e999", "2.5"]) {
      const text = twoLayers().toJson().replace('"units": 4', `"units": ${number}`);
      const error = await errorOf(load(await withConfig(text)));
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as Error).message).toContain(
        '.layers[1] (Project "hidden").units: expected a positive integer',
      );
    }
  });

  it("all that is wrong at once, weights unread", async () => {
    const text = twoLayers()
      .toJson()
      .replaceAll(/"units": \d/g, '"units": 0');
    const error = (await errorOf(load(await withConfig(text)))) as ConfigError;
    expect(error.issues).toHaveLength(2);
  });

  it("unknown classes and keys are kept and reported where asked", async () => {
    const text = twoLayers().toJson().replace('"units": 4', '"units": 4, "new_key": 1.0');
    const unknown: string[] = [];
    const bytes = await withConfig(text);
    const model = await load(bytes, { onUnknown: ({ message }) => unknown.push(message) });
    expect(unknown).toEqual(['unknown key "new_key".']);
    expect(model.toJson()).toBe(text);
  });
});

describe("weights that are not the model's", () => {
  const kernel = (shape: readonly number[]) => counted(shape, 0);
  /** The weights of a file by layers' paths. */
  const withWeights = (groups: Record<string, readonly (Tensor | null)[]>) =>
    changed((parts) => parts.set("model.weights.h5", planHdf5(tree(groups)).toBytes()));

  it("all are told at once", async () => {
    const bytes = await withWeights({
      project: [kernel([4, 3]), kernel([])],
      project_1: [kernel([4, 2]), kernel([1])],
    });
    const error = (await errorOf(load(bytes))) as FileError;
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toBe(
      "model.weights.h5 /layers/project/vars/0: expected shape [3, 4], received [4, 3].\n" +
        "model.weights.h5 /layers/project_1/vars/1: expected shape [], received [1].",
    );
    expect(error.issues).toHaveLength(2);
  });

  it.each<[what: string, groups: Record<string, readonly (Tensor | null)[]>, message: string]>([
    [
      "a layer's are missing",
      { project: [kernel([3, 4]), kernel([])] },
      'model.weights.h5 /layers/project_1/vars: expected 2 variables (kernel, mean) of "out", received 0.',
    ],
    [
      "one is missing",
      { project: [kernel([3, 4]), kernel([])], project_1: [kernel([4, 2])] },
      'model.weights.h5 /layers/project_1/vars: expected 2 variables (kernel, mean) of "out", received 1.',
    ],
    [
      "one too many",
      { project: [kernel([3, 4]), kernel([]), kernel([])], project_1: [kernel([4, 2]), kernel([])] },
      'model.weights.h5 /layers/project/vars: expected 2 variables (kernel, mean) of "hidden", received 3.',
    ],
    [
      "a group in place of a dataset",
      { project: [null, kernel([])], project_1: [kernel([4, 2]), kernel([])] },
      'model.weights.h5 /layers/project/vars/0: expected a dataset, received a group with ["0", "1"].',
    ],
    [
      "weights of a layer that has none",
      {
        input_layer: [kernel([1])],
        project: [kernel([3, 4]), kernel([])],
        project_1: [kernel([4, 2]), kernel([])],
      },
      'model.weights.h5 /layers/input_layer/vars: expected 0 variables of "x", received 1.',
    ],
  ])("%s", async (_, groups, message) => {
    expect(((await errorOf(load(await withWeights(groups)))) as Error).message).toBe(message);
  });

  it("more groups than the model has layers are no problem", async () => {
    const fine = { project: [kernel([3, 4]), kernel([])], project_1: [kernel([4, 2]), kernel([])] };
    const model = await load(await withWeights({ ...fine, project_2: [kernel([9])] }));
    expect(model.getLayer("hidden").weights[0]!.value).toEqual(kernel([3, 4]));
  });

  it("weights of a layer that is not built", async () => {
    const { Sequential } = await import("../models/sequential.ts");
    const bytes = await withConfig(
      new Sequential([new Project({ units: 2, name: "p" })], { name: "s" }).toJson(),
    );
    expect(((await errorOf(load(bytes))) as Error).message).toBe(
      'model.weights.h5 /layers/project/vars: expected no variables, because layer "p" is not built, received 2. ' +
        "Build the model first: call it or give it an input shape.",
    );
  });
});

describe("whatever is in a file", () => {
  it("gives a model or a CeratopsError", async () => {
    const place = fc.nat(good.length - 1);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (edits) => {
          const bytes = good.slice();
          for (const [at, byte] of edits) bytes[at] = byte;
          try {
            const model = await load(bytes);
            model.getWeights();
          } catch (error) {
            if (!(error instanceof CeratopsError)) throw error;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a save that fails", () => {
  it("says so, and gives no whole file", async () => {
    const model = twoLayers();
    model.getLayer("out").weights[0]!.assignLazily({
      now: () => {
        throw new Error("disk gone");
      },
    });
    await expect(gather(saveModel(model))).rejects.toThrow("disk gone");
  });

  it("of a value that JSON cannot hold, at once", () => {
    const model = twoLayers();
    (model.getLayer("out") as unknown as { units: unknown }).units = new Map();
    expect(() => saveModel(model)).toThrow(ConfigError);
  });
});

function tree(groups: Record<string, readonly (Tensor | null)[]>): Hdf5GroupInput {
  const layers = new Map<string, Hdf5GroupInput>();
  for (const [name, tensors] of Object.entries(groups)) {
    const vars = tensors.map(
      (tensor, i) => [String(i), tensor ? dataset(tensor) : { children: new Map() }] as const,
    );
    layers.set(name, { children: new Map([["vars", { children: new Map(vars) }]]) });
  }
  return { children: new Map([["layers", { children: layers }]]) };
}

function dataset(tensor: Tensor) {
  return { dtype: tensor.dtype, shape: tensor.shape, data: () => tensor };
}
