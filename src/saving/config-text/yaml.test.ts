import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { capture } from "../../cli/capture.fixture.ts";
import { convert } from "../../convert.ts";
import { expectClose } from "../../engines/expect-close.ts";
import { reference } from "../../engines/reference/index.ts";
import type { Model } from "../../models/model.ts";
import { modelFromJson } from "../../revive.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { factsOf, bytesOf as fileOf, names, tensorOf } from "../keras-1.fixture.ts";
import { loadModel, loadWeights, readMetadata } from "../load.ts";
import { modelFromYaml } from "../yaml/model-from-yaml.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

const folder = mkdtempSync(join(tmpdir(), "ceratops-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("what to_yaml gave in Keras 1", () => {
  it.each(names)("%s computes the same with the weights of its file", async (name) => {
    const { yaml, inputs, outputs } = factsOf(name);
    const given = inputs.map(tensorOf);
    for (const model of [await modelFromYaml(yaml), await loadModel(bytesOf(yaml))]) {
      await loadWeights(model, fileOf(name));
      const found = [
        await model.predict((given.length === 1 ? given[0] : given) as never, { engine: reference }),
      ];
      for (const [i, tensor] of (found.flat() as Tensor[]).entries())
        expectClose(tensor, tensorOf(outputs[i]!), `output ${i}`, 2e-6);
    }
  });
});

describe("what to_yaml gave in Keras 2.5", () => {
  const text = readFileSync("golden/2.5/yaml.json", "utf8");
  const { cases } = JSON.parse(text) as {
    cases: readonly Readonly<Record<"id" | "config_text" | "config_yaml", string>>[];
  };

  it.each(cases)("$id is the model that to_json gave", async ({ config_text, config_yaml }) => {
    const configOf = (model: Model) => JSON.parse(model.toJson()).config;
    expect(configOf(await modelFromYaml(config_yaml))).toEqual(configOf(modelFromJson(config_text)));
  });
});

describe("a file of YAML", () => {
  const { yaml } = factsOf("frozen_tensorflow");
  const path = join(folder, "a.yaml");
  writeFileSync(path, yaml);

  it("is known by its content, and says who wrote it", async () => {
    const comment = bytesOf(
      `# A model.\n---\n"keras_version": 1.2.2\n${yaml.replace(/^keras_version.*$/m, "")}`,
    );
    expect((await loadModel(comment)).constructor.className).toBe("Sequential");
    expect(await readMetadata(bytesOf(yaml))).toEqual({ keras_version: "1.2.2" });
  });

  it("is taken by commands", async () => {
    const { code, stdout } = await capture(["summary", path]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("dense_1 (Dense)")]);
    const config = await capture(["config", path]);
    expect(config.code).toBe(0);
    expect(JSON.parse(config.stdout)).toMatchObject({ class_name: "Sequential", keras_version: "1.2.2" });
    const checked = await capture(["check", path, "--json"]);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      format: "yaml",
      verdict: "clean",
      model: { class_name: "Sequential" },
    });
  });

  it("is converted", async () => {
    const target = join(folder, "a.keras");
    const model = await loadModel(bytesOf(yaml));
    await convert(path, target);
    expect((await loadModel(new Uint8Array(readFileSync(target)))).layers.length).toBe(model.layers.length);
  });

  it.each([
    [
      "class_name: Dense\n",
      'expected the config of a model, { class_name, config }, received { class_name: "Dense" }.',
    ],
    ["class_name: [Model\n", "expected YAML text, received what is none: "],
    ["class_name: Model\nconfig: !!python/object/apply:os.system [id]\n", "which makes objects of Python."],
    ["class_name: Nobody\nconfig: {}\n", 'config.class_name: unknown class "Nobody".'],
  ])("%j is refused", async (text, message) => {
    await expect(loadModel(bytesOf(text), { name: "a.yml" })).rejects.toThrow(message);
  });

  it("that is no UTF-8 is refused", async () => {
    const bytes = Uint8Array.of(...bytesOf("class_name: Model\nconfig: "), 0xff);
    await expect(loadModel(bytes, { name: "a.yml" })).rejects.toThrow(
      "a.yml: expected UTF-8 text, received other bytes.",
    );
  });

  it("has no weights", async () => {
    const model = await modelFromYaml(yaml);
    await expect(loadWeights(model, bytesOf(yaml), { name: "a.yaml" })).rejects.toThrow(
      "a.yaml: expected a .keras or .weights.h5 file, received the config of a model as YAML text, without weights.",
    );
  });
});
