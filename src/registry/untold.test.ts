import { describe, expect, it } from "vitest";
import { classOf, functionOf, kerasFile } from "../check/files.fixture.ts";
import type { Issue } from "../errors.ts";
import { cloneModel } from "../models/clone-model.ts";
import type { Model } from "../models/model.ts";
import { loadModel } from "../saving/load.ts";
import { toBytes } from "../saving/save-model.ts";

// biome-ignore lint/suspicious/noExplicitAny: configs are made wrong here in any way.
type Anything = any;

/** Where a config can carry along what nobody here reads. */
const places: readonly (readonly [
  path: string,
  put: (model: Anything, dense: Anything, value: object) => void,
])[] = [
  [
    "config.compile_config.optimizer",
    (model, _, value) => Object.assign(model, { compile_config: { optimizer: value } }),
  ],
  ["config.nobody[0]", (model, _, value) => Object.assign(model, { nobody: [value] })],
  ["config.config.nobody", (model, _, value) => Object.assign(model.config, { nobody: value })],
  ["config.config.dtype", (model, _, value) => Object.assign(model.config, { dtype: value })],
  [
    "config.config.layers[1].build_config.x",
    (_, dense, value) => Object.assign(dense, { build_config: { input_shape: [null, 4], x: value } }),
  ],
  ["config.config.layers[1].nobody", (_, dense, value) => Object.assign(dense, { nobody: value })],
  ["config.config.layers[1].module", (_, dense, value) => Object.assign(dense, { module: value })],
  [
    "config.config.layers[1].config.quantization_config",
    (_, { config }, value) => Object.assign(config, { quantization_config: value }),
  ],
  [
    "config.config.layers[1].config.bias_initializer.nobody",
    (_, { config }, value) => Object.assign(config.bias_initializer, { nobody: value }),
  ],
];

const others = [classOf("evil_pkg", "Evil"), functionOf("evil_pkg", "relu")];

describe("what names a module of others, and is only carried along,", () => {
  it.each(places)("is not written on without a word: %s", async (path, put) => {
    for (const value of others) {
      const bytes = kerasFile({ edit: (model, dense) => put(model, dense, value) });
      const model = await loadModel(bytes);
      const name = "config" in value && value.config === "relu" ? "relu" : "Evil";
      const message = `${path}: expected what is of Keras, or known here, received "${name}" of the module "evil_pkg". Load it with onUnknown to write it on, or without: compile: false.`;
      expect(() => model.toJson()).toThrow(message);
      await expect(async () => toBytes(model)).rejects.toThrow(message);
      const clone = cloneModel(model);
      const text = await written(clone);
      if (!text.includes("expected what is of Keras")) expect(text).not.toContain("evil_pkg");
    }
  });

  it.each(places)("is kept where somebody asked for it: %s", async (_, put) => {
    for (const value of others) {
      const bytes = kerasFile({ edit: (model, dense) => put(model, dense, value) });
      expect(textOf(await toBytes(await loadModel(bytes, { onUnknown: () => {} })))).toContain("evil_pkg");
    }
  });

  it("is told to who asked", async () => {
    const [evil] = others;
    const bytes = kerasFile({
      edit: (model) => Object.assign(model, { compile_config: { optimizer: evil } }),
    });
    const issues: Issue[] = [];
    await loadModel(bytes, { onUnknown: (issue) => issues.push(issue) });
    const message = 'expected what is of Keras, or known here, received "Evil" of the module "evil_pkg".';
    expect(issues).toEqual([{ path: "config.compile_config.optimizer", message }]);
  });

  it("is kept where it is the program's own, and left out where nobody trains", async () => {
    const loss = classOf("my_pkg.losses", "Mine", { registered_name: "My>Mine" });
    const bytes = kerasFile({ edit: (model) => Object.assign(model, { compile_config: { loss } }) });
    const known = await loadModel(bytes, { customObjects: { "My>Mine": () => 0 } });
    expect(known.toJson()).toContain("my_pkg.losses");
    const untrained = await loadModel(bytes, { compile: false });
    expect(untrained.toJson()).not.toContain("my_pkg");
  });

  it("is written where it names what the program itself has, without a module of others", async () => {
    const loss = functionOf("builtins", "mine");
    const optimizer = classOf("__main__", "Mine", { registered_name: "Mine" });
    const bytes = kerasFile({
      edit: (model) => Object.assign(model, { compile_config: { loss, optimizer } }),
    });
    expect((await loadModel(bytes)).toJson()).toContain("__main__");
  });
});

/** The bytes of a model as text, or why there are none. */
async function written(model: Model): Promise<string> {
  try {
    return textOf(await toBytes(model));
  } catch (error) {
    return String(error);
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
