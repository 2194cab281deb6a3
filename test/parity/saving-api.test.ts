import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Input, Sequential, type Tensor, toNested } from "../../src/index.ts";
import { Softmax } from "../../src/layers/activation/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Layer } from "../../src/layers/layer.ts";
import { loadModel, loadWeights, saveModel, saveWeights } from "../../src/node.ts";
import type { Operand } from "../../src/program/emit.ts";
import { castTensor } from "../../src/tensor/cast.ts";
import { numbers } from "./common.ts";

const dtypes = ["float64", "float32", "float16", "bfloat16"] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function model(dtype?: (typeof dtypes)[number]): Sequential {
  return new Sequential([
    Input({ shape: [3] }),
    new Dense({ units: 5, ...(dtype && { dtype }) }),
    new Softmax(),
  ]);
}

/** Elements of any float dtype as numbers. */
function floats(tensor: Tensor): number[] {
  return [...(castTensor(tensor, "float64").data as Float64Array)];
}

function expectNear(received: Tensor, expected: Tensor, relative: number): void {
  const [a, b] = [floats(received), floats(expected)];
  expect(a.length).toBe(b.length);
  for (const [i, value] of a.entries())
    expect(Math.abs(value - b[i]!)).toBeLessThanOrEqual(relative * Math.max(Math.abs(b[i]!), 0.1));
}

describe("saving/saving_api_test.py", () => {
  it("test_basic_saving: the same predictions", async () => {
    const path = join(folder, "basic.keras");
    const saved = model();
    await saveModel(saved, path);
    const x = numbers([10, 3]);
    expect(toNested(await (await loadModel(path)).predict<Tensor>(x))).toEqual(
      toNested(await saved.predict<Tensor>(x)),
    );
  });

  it("test_save_unsupported_extension: .png", async () => {
    await expect(saveModel(model(), join(folder, "model.png"))).rejects.toThrow(
      /^path: expected a path that ends in \.keras or \.h5 or \.hdf5, received ".*model\.png"\. Did you mean ".*model\.keras"\?$/,
    );
  });

  it.each(dtypes)("test_basic_load: %s", async (dtype) => {
    const path = join(folder, `${dtype}.keras`);
    const saved = model(dtype);
    await saveModel(saved, path);
    const loaded = await loadModel(path);
    expect(loaded.weights.map((variable) => variable.dtype)).toEqual([dtype, dtype]);
    const x = numbers([10, 3]);
    expect(floats(await loaded.predict<Tensor>(x))).toEqual(floats(await saved.predict<Tensor>(x)));
  });

  it("test_load_unsupported_format: a pickle", async () => {
    await expect(loadModel(join(folder, "model.pkl"))).rejects.toThrow(
      /^path: expected a path that ends in \.keras/,
    );
  });

  it("test_load_keras_not_zip: a file that is not there, and one that is no archive", async () => {
    const path = join(folder, "not_a_zip.keras");
    await expect(loadModel(path)).rejects.toThrow(`${path}: cannot be read: no such file or directory.`);
    writeFileSync(path, "something else");
    await expect(loadModel(path)).rejects.toThrow(path);
  });

  it("test_load_model_with_custom_objects: a layer of one's own", async () => {
    class CustomLayer extends Layer {
      static override readonly className = "CustomLayer";
      override call(x: Operand) {
        return x;
      }
    }
    const path = join(folder, "custom.keras");
    await saveModel(new Sequential([Input({ shape: [3] }), new CustomLayer()]), path);
    const loaded = await loadModel(path, { customObjects: { CustomLayer } });
    expect(loaded.layers[0]).toBeInstanceOf(CustomLayer);
  });

  describe.each(dtypes)("from %s", (source) => {
    it.each(dtypes)("test_load_keras_weights: out of a .keras file, into %s", async (target) => {
      const path = join(folder, `${source}-${target}.keras`);
      const saved = model(source);
      await saveModel(saved, path);
      await expectWeights(saved, path, target);
    });

    it.each(dtypes)("test_load_weights: out of a .weights.h5 file, into %s", async (target) => {
      const path = join(folder, `${source}-${target}.weights.h5`);
      const saved = model(source);
      await saveWeights(saved, path);
      await expectWeights(saved, path, target);
    });

    async function expectWeights(
      original: Sequential,
      path: string,
      target: (typeof dtypes)[number],
    ): Promise<void> {
      const loaded = model(target);
      await loadWeights(loaded, path);
      const rounding = Math.max(
        ...[source, target].map(
          (dtype) => ({ float16: 2 ** -10, bfloat16: 2 ** -7 })[dtype as "float16"] ?? 2 ** -22,
        ),
      );
      for (const [i, weight] of loaded.getWeights().entries()) {
        expect(weight.dtype).toBe(target);
        expectNear(weight, original.getWeights()[i]!, rounding);
      }
    }
  });
});
