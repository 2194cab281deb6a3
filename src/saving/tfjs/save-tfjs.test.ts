import { describe, expect, it } from "vitest";
import type { Model } from "../../models/model.ts";
import { loadModel } from "../load.ts";
import { saveTfjs } from "../save-tfjs.ts";
import { expectSame } from "./compare.fixture.ts";
import { examples, withNewWeights } from "./models.fixture.ts";
import { filesSource, openInTensorflow } from "./tensorflow.fixture.ts";

async function filesOf(model: Model, options = {}): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, bytes } of saveTfjs(model, options)) files.set(name, bytes);
  return files;
}

describe("a model that is written for TensorFlow.js", () => {
  it.each(examples)("computes the same there: %s", async (name, make) => {
    const model = withNewWeights(make());
    const files = await filesOf(model);
    await expectSame(name, model, await openInTensorflow(files));
    const again = await loadModel(filesSource(files));
    expect(again.weights.map(({ value }) => value.data)).toEqual(
      model.weights.map(({ value }) => value.data),
    );
  });
});
