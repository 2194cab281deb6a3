import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { flatten, type Nested } from "../src/graph/nested.ts";
import { loadModel } from "../src/node.ts";
import { Budget } from "../src/saving/budget.ts";
import { readJsonText } from "../src/saving/config-text/read-text.ts";
import { openInput } from "../src/saving/node/input.ts";
import { openTfjs } from "../src/saving/tfjs/open-tfjs.ts";
import { tensorflow } from "../src/saving/tfjs/tensorflow.fixture.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import { nestedTensors, tfKerasModels } from "./golden-tf-keras.ts";

const golden = fileURLToPath(new URL("../golden/tfjs", import.meta.url));
const folders = readdirSync(golden);
const converted = folders.filter((name) => name.startsWith("converted_"));
const keras = new Map(tfKerasModels("2.9").map((record) => [record.id, record]));

interface Expected {
  readonly inputs: readonly TensorRecord[];
  readonly outputs: readonly TensorRecord[];
}

async function outputsOf(folder: string, inputs: Nested<Tensor>): Promise<Tensor[]> {
  const model = await loadModel(join(golden, folder));
  return flatten(model.apply(inputs as never)) as unknown as Tensor[];
}

/** Whether tensors are alike to a part of the largest of 1 and their numbers. */
function expectAlike(found: readonly Tensor[], expected: readonly Tensor[], within: number): void {
  expect(found.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [i, tensor] of found.entries()) {
    const right = toNumbers(expected[i]!);
    for (const [j, number] of toNumbers(tensor).entries())
      expect(Math.abs(number - right[j]!)).toBeLessThan(within * Math.max(1, Math.abs(right[j]!)));
  }
}

describe("a layers model of TensorFlow.js", () => {
  it.each(folders.filter((name) => !converted.includes(name)))("computes the same: %s", async (folder) => {
    const expected = JSON.parse(readFileSync(join(golden, folder, "expected.json"), "utf8")) as Expected;
    const inputs = expected.inputs.map(recordTensor);
    const found = await outputsOf(folder, inputs.length === 1 ? inputs[0]! : inputs);
    expectAlike(found, expected.outputs.map(recordTensor), 1e-5);
  });

  it.each(converted)("that was converted computes what TensorFlow does: %s", async (folder) => {
    const [, id = "", inFewBits] = /^converted_(\w+?)(_(?:uint8|uint16|float16))?(?:_by_layer)?$/.exec(
      folder,
    )!;
    const { inputs, outputs } = keras.get(id)!;
    const found = await outputsOf(folder, nestedTensors(inputs!));
    expectAlike(found, flatten(nestedTensors(outputs!)), inFewBits ? 0.02 : 1e-5);
  });

  it.each(converted)("has the weights that TensorFlow.js reads: %s", async (folder) => {
    const { io } = await tensorflow();
    const path = join(golden, folder, "model.json");
    const { weightsManifest } = JSON.parse(readFileSync(path, "utf8")) as {
      weightsManifest: { paths: string[]; weights: Parameters<typeof io.decodeWeights>[1] }[];
    };
    const expected = weightsManifest.flatMap(({ paths, weights }) => {
      const data = Buffer.concat(paths.map((name) => readFileSync(join(golden, folder, name))));
      return Object.entries(io.decodeWeights(Uint8Array.from(data).buffer, weights));
    });
    const { source, close } = await openInput(path);
    const budget = new Budget(source.size);
    const { weights } = await openTfjs(source, await readJsonText(source, path, budget), path, budget);
    expect(weights.map(({ name }) => name)).toEqual(expected.map(([name]) => name));
    for (const [i, weight] of weights.entries())
      expect([...toNumbers(await weight.read())]).toEqual([...expected[i]![1].dataSync()]);
    close();
  });
});
