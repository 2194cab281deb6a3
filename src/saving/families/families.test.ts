import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { goldenObjects } from "../../../test/golden-custom.ts";
import { activationClasses } from "../../activations/classes.ts";
import { builtins } from "../../builtins.ts";
import type { Issue } from "../../errors.ts";
import { resetNames } from "../../graph/naming.ts";
import type { JsonValue } from "../../json/json.ts";
import * as layers from "../../layers/index.ts";
import { lossFunctions } from "../../losses/functions/table.ts";
import { opClasses } from "../../ops/classes.ts";
import { aliasesOf, classesOf } from "../../registry/registry.ts";
import { loadModel } from "../load.ts";
import { toBytes } from "../save-model.ts";
import { families, registryFor, registryOf } from "./families.ts";
import { usual } from "./usual.ts";

const parts = await Promise.all(families.map(async ({ named, load }) => ({ named, part: await load() })));
const whole = registryOf([usual, ...parts.map(({ part }) => part)]);

describe("the parts", () => {
  it("are together everything", () => {
    expect(new Set(whole.names())).toEqual(new Set(builtins.names()));
    for (const cls of [...classesOf(layers), ...opClasses(), ...activationClasses()])
      expect(whole.builtin(cls.module, cls.className), cls.className).toBe(
        builtins.builtin(cls.module, cls.className),
      );
    for (const [name, cls] of Object.entries(aliasesOf(layers)))
      expect(whole.builtin("keras.layers", name.split(">")[1]!)).toBe(cls);
  });

  it("have no class under a name that another has", () => {
    for (const { part } of parts)
      for (const { module, className } of part.classes)
        expect(whole.builtin(module, className), className).toBe(builtins.builtin(module, className));
    for (const { module, className } of usual.classes) {
      const found = registryOf([usual]).builtin(module, className);
      expect(found, className).toBe(builtins.builtin(module, className));
    }
  });

  it.each(parts.map(({ named, part }) => [String(named), named, part] as const))("%s", (_, named, part) => {
    const names = part.classes.map((cls) => `${cls.module}>${cls.className}`);
    expect(names.filter((name) => !named.test(name))).toEqual([]);
    const others = Object.keys(part.aliases ?? {}).filter((name) => !named.test(name));
    expect(others).toEqual([]);
  });

  it("know the functions of losses by their names", () => {
    const patterns = families.map(({ named }) => named);
    const missed = Object.keys(lossFunctions).filter((name) => !patterns.some((named) => named.test(name)));
    expect(missed).toEqual([]);
    for (const name of Object.keys(lossFunctions)) expect(whole.function(name)).toBe(builtins.function(name));
  });
});

const envelope = (module: string | null, name: string, registered: JsonValue = null): JsonValue => ({
  module,
  class_name: name,
  config: {},
  registered_name: registered,
});

describe("registryFor", () => {
  it.each<[string, JsonValue, string, string, boolean]>([
    ["a usual layer", envelope("keras.layers", "Dense"), "keras.layers", "LSTM", false],
    ["a family", envelope("keras.layers", "GRU"), "keras.layers", "LSTM", true],
    ["one deep inside", [{ a: envelope("keras.layers", "GRU") }], "keras.layers", "LSTM", true],
    ["a private module", envelope("keras.src.layers.rnn.gru", "GRU"), "keras.layers", "LSTM", true],
    ["a family, no other", envelope("keras.layers", "GRU"), "keras.layers", "RandomFlip", false],
    ["an unknown class", envelope("keras.layers", "Danse"), "keras.layers", "LSTM", true],
    ["no module", envelope(null, "Dense"), "keras.layers", "LSTM", true],
    ["somebody's class", envelope("my", "Mine", "my>Mine"), "keras.layers", "LSTM", true],
    ["a loss's name", { activation: "mean_squared_error" }, "keras.losses", "MeanSquaredError", true],
    [
      "a map of policies",
      envelope("keras.dtype_policies", "DTypePolicyMap"),
      "keras.dtype_policies",
      "DTypePolicyMap",
      true,
    ],
    [
      "a policy in few bits",
      { dtype: "int4/64_from_float32" },
      "keras.dtype_policies",
      "Int4DTypePolicy",
      true,
    ],
    ["a policy of floats", { dtype: "mixed_float16" }, "keras.dtype_policies", "Int4DTypePolicy", false],
    ["a long text", { text: `keras.layers>${"RN".repeat(100_000)}` }, "keras.layers", "LSTM", false],
  ])("%s", async (_, config, module, name, isThere) => {
    const registry = await registryFor(config);
    expect(registry.builtin(module, name)).toBe(isThere ? builtins.builtin(module, name) : undefined);
  });

  it("needs nothing more for classes that it is given", async () => {
    class Mine extends layers.Dense {}
    const config = envelope("my", "Mine", "my>Mine");
    expect((await registryFor(config, { "my>Mine": Mine })).names()).not.toContain("LSTM");
  });
});

const golden = new URL("../../../golden/", import.meta.url);
const files = ["3.6", "3.15"].flatMap((version) =>
  (readdirSync(new URL(version, golden), { recursive: true }) as string[])
    .filter((name) => name.endsWith(".keras"))
    .map((name) => `${version}/${name}`),
);

it.each(files)("%s is read as by everything", async (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, golden)));
  const read = async (registry?: typeof builtins) => {
    resetNames();
    const issues: Issue[] = [];
    const onUnknown = (issue: Issue) => void issues.push(issue);
    const model = await loadModel(bytes, { registry, customObjects: goldenObjects, onUnknown });
    const classes = model.layers.map((layer) => layer.constructor);
    return { model, issues, classes, config: model.getConfig(), compiled: model.getCompileConfig() };
  };
  const [some, all] = [await read(), await read(builtins)];
  expect(some.classes).toEqual(all.classes);
  expect(some.issues).toEqual(all.issues);
  expect(some.config).toEqual(all.config);
  expect(some.compiled).toEqual(all.compiled);
  expect(await toBytes(some.model)).toEqual(await toBytes(all.model));
});
