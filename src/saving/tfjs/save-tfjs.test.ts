import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Input, Sequential } from "../../index.ts";
import { Dense } from "../../layers/index.ts";
import type { Model } from "../../models/model.ts";
import { loadModel as loadFile, readMetadata, saveModel as saveFile } from "../../node.ts";
import { loadModel } from "../load.ts";
import { eachInFolder } from "../node/folder.fixture.ts";
import { saveTfjs } from "../save-tfjs.ts";
import { expectSame } from "./compare.fixture.ts";
import { graphs } from "./graphs.fixture.ts";
import { examples, withNewWeights } from "./models.fixture.ts";
import { filesSource, openInTensorflow } from "./tensorflow.fixture.ts";

let folder: string;
eachInFolder((each) => {
  folder = each;
});

async function filesOf(model: Model, options = {}): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, bytes } of saveTfjs(model, options)) files.set(name, bytes);
  return files;
}

describe("a model that is written for TensorFlow.js", () => {
  it.each([...examples, ...graphs])("computes the same there: %s", async (name, make) => {
    const model = withNewWeights(make());
    const files = await filesOf(model);
    await expectSame(name, model, await openInTensorflow(files));
    const again = await loadModel(filesSource(files));
    expect(again.weights.map(({ value }) => value.data)).toEqual(
      model.weights.map(({ value }) => value.data),
    );
  });

  it("has an activation that Keras 2.9 lacks, as TensorFlow.js has it", async () => {
    const layers = [Input({ shape: [3] }), new Dense({ units: 2, activation: "mish" })];
    const model = withNewWeights(new Sequential(layers));
    await expectSame("mish", model, await openInTensorflow(await filesOf(model)));
  });

  it("is a folder on disk, which is made where it is missing", async () => {
    const [[, make]] = examples as [(typeof examples)[number]];
    const model = withNewWeights(make());
    const path = join(folder, "new", "model.json");
    await saveFile(model, path, { quantizeWeights: "uint16" });
    expect(readdirSync(join(folder, "new"))).toEqual(["group1-shard1of1.bin", "model.json"]);
    const again = await loadFile(path);
    expect(again.weights[0]!.value.data[0]).toBeCloseTo(Number(model.weights[0]!.value.data[0]), 4);
    expect(await readMetadata(path)).toMatchObject({ keras_version: "2.9.0" });
    await expect(saveFile(model, join(folder, "my-model.json"))).rejects.toThrow(
      "expected the name model.json",
    );
    await expect(saveFile(model, path, { keras: "3.6" })).rejects.toThrow('unknown option "keras"');
  });
});
