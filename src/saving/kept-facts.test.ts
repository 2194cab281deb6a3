import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { goldenObjects } from "../../test/golden-custom.ts";
import type { Issue } from "../errors.ts";
import { cloneModel, type Model, modelFromJson, Sequential } from "../index.ts";
import { parsePythonJson } from "../json/parse.ts";
import { Dense, Dropout, GRU, InputLayer, Layer, Normalization } from "../layers/index.ts";
import { multiply } from "../ops/index.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { Tensor } from "../tensor/tensor.ts";
import { openArchive } from "./archive.ts";
import { type Hdf5Group, openHdf5 } from "./hdf5/index.ts";
import { loadModel, loadWeights } from "./load.ts";
import { type SaveModelOptions, toBytes } from "./save-model.ts";
import { memorySource } from "./sources.ts";

const golden = new URL("../../golden/", import.meta.url);

function load(version: string, id: string): Promise<Model> {
  const bytes = new Uint8Array(readFileSync(new URL(`${version}/files/${id}.keras`, golden)));
  return loadModel(bytes, { customObjects: goldenObjects });
}

/** The config and the names of the weights of a model's file. */
async function fileOf(model: Model, options: SaveModelOptions = {}) {
  const { members } = await openArchive(memorySource(await toBytes(model, options)));
  const config = new TextDecoder().decode(await members.get("config.json")!.read());
  const weights = await openHdf5(await members.get("model.weights.h5")!.source());
  return { config, weights };
}

/** The names of classes that envelopes in a text have. */
function namesIn(text: string): string[] {
  const found = text.matchAll(/"module": "(cases[^"]*)", "class_name": "(\w+)"/g);
  const names = Array.from(found, ([, module, name]) => `${module}.${name}`);
  const registered = Array.from(text.matchAll(/"registered_name": "(golden>\w+)"/g), ([, name]) => name!);
  return [...names, ...registered];
}

const withCustom = ["auto_config", "unnamed", "custom_cell"];

describe.each(["3.6", "3.15"])("custom classes of files of Keras %s", (version) => {
  it.each(withCustom)("%s: keep module, class and registered name in clones", async (id) => {
    const model = await load(version, id);
    // A clone does not repeat arguments that nobody gave.
    const text = model.toJson().replaceAll('"training": false, ', "");
    expect(cloneModel(model).toJson()).toBe(text);
    const byFunction = cloneModel(model, {
      cloneFunction: (layer) => layer.constructor.fromConfig(layer.getConfig()),
    });
    expect(byFunction.toJson()).toBe(text);
    expect(cloneModel(byFunction).toJson()).toBe(text);
  });

  it.each(withCustom)("%s: keep them in files for another Keras", async (id) => {
    const model = await load(version, id);
    const other = { keras: version === "3.6" ? "3.15" : "3.6" };
    const names = namesIn(model.toJson());
    expect(names.length).toBeGreaterThan(1);
    for (const written of [model, cloneModel(model)]) {
      const { config, weights } = await fileOf(written, other);
      expect(namesIn(config)).toEqual(names);
      expect([...weights.root.children.keys()]).toEqual([
        ...(await fileOf(model)).weights.root.children.keys(),
      ]);
    }
  });

  it("name groups of weights after the class in Python", async () => {
    const { weights } = await fileOf(cloneModel(await load(version, "unnamed")));
    expect([...(weights.get("/layers") as Hdf5Group).children.keys()].sort()).toEqual([
      "dense",
      "only",
      "unnamed",
      "unnamed_1",
    ]);
    const cell = await fileOf(cloneModel(await load(version, "custom_cell")));
    expect(cell.weights.get("/layers/rnn_1/cell/cells/fading/vars/0")?.kind).toBe("dataset");
  });

  it("without a name have none, read twice", async () => {
    const [one, two] = [await load(version, "unnamed"), await load(version, "unnamed")];
    expect(await toBytes(one)).toEqual(await toBytes(two));
    expect(one.toJson()).not.toContain('"name": "unnamed_');
    expect((await fileOf(one, { keras: "3.12" })).config).not.toContain('"name": "unnamed_');
    expect((await fileOf(one, { keras: "3.12" })).config).toContain('"config": {"factor": 1}');
  });

  it("that were given another name have that", async () => {
    const model = await load(version, "unnamed");
    model.getLayer(0).name = "mine";
    expect(model.toJson()).toContain('"name": "mine"');
  });
});

it("what is not cast to the compute dtype stays so in clones and other dialects", async () => {
  const model = await load("3.15", "auto_config");
  for (const again of [cloneModel(model), modelFromJson(model.toJson(), { customObjects: goldenObjects })]) {
    expect(again.layers.map(({ autocast }) => autocast)).toEqual([true, true, true, false]);
  }
  const text = model.toJson({ keras: 306 });
  expect(text).toContain('"autocast": false');
  expect(text).not.toContain('"autocast": true');
});

describe("integers beyond those of JavaScript", () => {
  const seed = 2n ** 60n + 7n;

  it.each<[string, () => Dense | Dropout | GRU]>([
    ["of an initializer", () => new Dense({ units: 1, kernel_initializer: envelope(seed) })],
    ["of a generator in one", () => new Dense({ units: 1, kernel_initializer: envelope(generator) })],
    ["of a layer", () => new Dropout({ rate: 0.5, seed })],
    ["of a cell", () => new GRU({ units: 1, seed })],
  ])("are seeds %s", (_, make) => {
    const model = new Sequential([new InputLayer({ shape: [2, 3] }), make()]);
    const text = model.toJson();
    expect(text).toContain('"seed": 1152921504606846983');
    const again = modelFromJson(text);
    expect(again.toJson()).toBe(text);
    expect(cloneModel(again).toJson()).toBe(text);
  });

  const generator = {
    module: "keras.random",
    class_name: "SeedGenerator",
    config: { seed },
    registered_name: null,
  };
  const envelope = (given: unknown) => ({
    module: "keras.initializers",
    class_name: "RandomUniform",
    config: { seed: given, minval: -1, maxval: 1 } as never,
    registered_name: null,
  });
});

it("a count that a file has as int64 stays one, in clones too", async () => {
  const layer = new Normalization();
  const model = new Sequential([new InputLayer({ shape: [2] }), layer]);
  layer.count.widen();
  layer.count.assign(new Tensor("int64", [], BigInt64Array.of(5_000_000_000n)));
  const again = await loadModel(await toBytes(model));
  for (const one of [again, cloneModel(again, { weights: "copy" })]) {
    const { weights } = await fileOf(one);
    const dataset = weights.get("/layers/normalization/vars/2");
    if (dataset?.kind !== "dataset") expect.fail("expected a dataset");
    expect([dataset.dtype, (await dataset.read()).data]).toEqual(["int64", BigInt64Array.of(5_000_000_000n)]);
  }
});

it("a config says null where an initializer is", () => {
  const text = new Sequential([
    new InputLayer({ shape: [3] }),
    new Dense({ units: 2, kernel_initializer: null }),
  ]).toJson();
  expect(
    (parsePythonJson(text) as { config: { layers: { config: object }[] } }).config.layers[1]!.config,
  ).toMatchObject({
    kernel_initializer: null,
  });
  expect(modelFromJson(text).toJson()).toBe(text);
});

describe("weights in a list in a list, which older versions of Keras do not save", () => {
  class Grid extends Layer {
    override call(x: Operand): Numeric {
      return multiply(x, 1);
    }
  }
  class Whole extends Layer {
    static override readonly className = "Grid";
    readonly rows = [[new Dense({ units: 2, name: "inner" })]];
    readonly alone = new Dense({ units: 2, name: "alone" });

    override build(): void {
      for (const dense of this.rows.flat()) dense.buildOn([null, 3]);
    }
    override call(x: Operand): Numeric {
      return multiply(x, 1);
    }
  }
  const missing = {
    path: "model.weights.h5 /layers/grid/rows/container/dense/vars",
    message:
      'expected 2 variables (kernel, bias) of "inner", received none: older versions of Keras do not save what is in a list in a list. Its weights are new ones.',
  };

  it("are reported", async () => {
    const bytes = await toBytes(new Sequential([new InputLayer({ shape: [3] }), new Grid({})]));
    const issues: Issue[] = [];
    const model = await loadModel(bytes, {
      customObjects: { Grid: Whole },
      onUnknown: (issue) => issues.push(issue),
    });
    expect(issues).toEqual([missing]);
    expect(await loadWeights(model, bytes)).toEqual([]);
    await loadWeights(model, bytes, { onUnknown: (issue) => issues.push(issue) });
    expect(issues).toEqual([missing, missing]);
    issues.length = 0;
    await loadModel(await toBytes(model), {
      customObjects: { Grid: Whole },
      onUnknown: (issue) => issues.push(issue),
    });
    expect(issues).toEqual([]);
  });
});
