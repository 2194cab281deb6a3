import { describe, expect, it } from "vitest";
import { Input } from "../../layers/core/input-layer.ts";
import { Dense } from "../../layers/index.ts";
import type { Model } from "../../models/model.ts";
import { Sequential } from "../../models/sequential.ts";
import type { Progress } from "../../progress.ts";
import { fromNumbers, toNumbers } from "../../tensor/cast.ts";
import { VERSION } from "../../version.ts";
import { loadModel } from "../load.ts";
import { saveTfjs } from "../save-tfjs.ts";
import { expectSame } from "./compare.fixture.ts";
import type { LayerConfig } from "./instead.ts";
import { withNewWeights } from "./models.fixture.ts";
import { filesSource, openInTensorflow } from "./tensorflow.fixture.ts";
import { tfjsFiles } from "./write-tfjs.ts";

const stack = (...units: number[]): Model => {
  const layers = units.map((units, i) => new Dense({ units, name: `d${i}` }));
  return new Sequential([Input({ shape: [4] }), ...layers], { name: "s" });
};

/** The model as Keras 2 writes it. */
const configOf = (model: Model): LayerConfig => ({
  class_name: "Sequential",
  config: {
    name: model.name,
    layers: model.layers.map((layer, i) => ({
      class_name: "Dense",
      config: {
        name: layer.name,
        units: (layer as Dense).units,
        ...(i === 0 && { batch_input_shape: [null, 4] }),
      },
    })),
  },
});

async function written(model: Model, options = {}): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, bytes } of tfjsFiles(model, configOf(model), "2.9.0", options))
    files.set(name, bytes);
  return files;
}

describe("the files of a layers model", () => {
  it("are parts of 4 MiB, and last what they hold", async () => {
    const model = withNewWeights(stack(1024, 1025));
    const files = await written(model);
    const most = 2 ** 22;
    const size = 4 * (4 * 1024 + 1024 + 1024 * 1025 + 1025);
    expect([...files].map(([name, bytes]) => [name, bytes.length])).toEqual([
      ["group1-shard1of2.bin", most],
      ["group1-shard2of2.bin", size - most],
      ["model.json", expect.any(Number)],
    ]);
    const { weightsManifest, ...file } = JSON.parse(new TextDecoder().decode(files.get("model.json")));
    expect(file).toMatchObject({
      format: "layers-model",
      generatedBy: "keras v2.9.0",
      convertedBy: `Ceratops v${VERSION}`,
      modelTopology: {
        keras_version: "2.9.0",
        backend: "tensorflow",
        model_config: { class_name: "Sequential" },
      },
    });
    expect(weightsManifest).toHaveLength(1);
    expect(weightsManifest[0].weights[0]).toEqual({ name: "d0/kernel", shape: [4, 1024], dtype: "float32" });
    await expectSame("two large layers", model, await openInTensorflow(files));
  });

  it.each([
    ["uint8", 1, 0.4 / 255],
    ["uint16", 2, 0.4 / 65_535],
    ["float16", 2, 2 ** -11],
  ] as const)("have weights of %s where that is asked for", async (quantizeWeights, bytesEach, step) => {
    const model = withNewWeights(stack(30, 2));
    const files = await written(model, { quantizeWeights });
    expect(files.get("group1-shard1of1.bin")?.length).toBe(bytesEach * model.countParams());
    const theirs = await openInTensorflow(files);
    const ours = await loadModel(filesSource(files));
    for (const [i, weight] of model.weights.entries()) {
      const found = theirs.weights[i]!.read().dataSync();
      expect(ours.weights[i]!.value.data).toEqual(found);
      for (const [j, number] of toNumbers(weight.value).entries())
        expect(Math.abs(found[j]! - number)).toBeLessThan(step);
    }
  });

  it("hold no more than was asked for", async () => {
    const model = stack(2);
    model.weights[0]!.assign(fromNumbers("float32", [4, 2], Array(8).fill(1e6)));
    await expect(written(model, { quantizeWeights: "float16" })).rejects.toThrow(
      "s/d0/kernel: expected numbers that float16 can hold, received 1000000.",
    );
  });

  it("have no two weights of one name", async () => {
    const model = new Sequential([Input({ shape: [4] }), stack(4), new Dense({ units: 1, name: "d0" })], {
      name: "t",
    });
    const inner = configOf(model.layers[0] as Model);
    const config = { name: "t", layers: [inner, { class_name: "Dense", config: { name: "d0", units: 1 } }] };
    const files = tfjsFiles(model, { class_name: "Sequential", config: config as never }, "2.9.0");
    await expect(files.next()).rejects.toThrow(
      'weight "d0/kernel": expected one weight of this name, because TensorFlow.js finds them by it, received two. Give one of the layers another name.',
    );
  });

  it("have no weights that TensorFlow.js would change", async () => {
    const layer = new Dense({ units: 2, name: "d", kernel_constraint: "non_neg" });
    const model = new Sequential([Input({ shape: [4] }), layer], { name: "s" });
    layer.kernel.assign(fromNumbers("float32", [4, 2], [1, 1, 1, -0.5, 1, 1, 1, 1]));
    await expect(written(model)).rejects.toThrow(
      "s/d/kernel: expected a weight that fulfils its constraint, because TensorFlow.js enforces it, received -0.5 in place of 0.",
    );
    layer.kernel.assign(fromNumbers("float32", [4, 2], Array(8).fill(0.5)));
    expect((await written(model)).size).toBe(2);
  });

  it("tell progress, and end at a signal", async () => {
    const seen: string[] = [];
    await written(stack(3), {
      onProgress: ({ stage, done, total }: Progress) => seen.push(`${stage} ${done}/${total}`),
    });
    expect(seen).toEqual(["tensors 0/60", "tensors 60/60"]);
    await expect(written(stack(3), { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
  });

  it.each([
    [
      { quantizeWeights: "int4" },
      'expected quantizeWeights to be "float16", "uint16" or "uint8", received "int4".',
    ],
    [{ keras: "3.6" }, 'saveTfjs: unknown option "keras".'],
  ])("are written with no other options: %j", async (options, message) => {
    await expect(saveTfjs(stack(1), options as never).next()).rejects.toThrow(message);
  });
});
