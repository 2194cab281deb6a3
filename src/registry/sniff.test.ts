import { describe, expect, it } from "vitest";
import { builtins } from "../builtins.ts";
import { formatDialect } from "../dialects/version.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { sniffDialect } from "./sniff.ts";

const versionOf = (config: JsonValue) =>
  formatDialect(sniffDialect(config, (envelope) => builtins.find(envelope)));
const newer: JsonObject = { class_name: "GlorotUniform", config: { output_axes: null } };
const uncompiled: JsonObject = { compile_config: {} };
const sequential = (...layers: JsonObject[]): JsonObject => ({
  module: "keras",
  class_name: "Sequential",
  config: { name: "s", layers },
});

describe("which Keras wrote a config is said by", () => {
  it.each<[string, JsonValue, boolean]>([
    ["an object of a class that newer ones write otherwise", newer, true],
    ["an object in a list", [[newer]], true],
    ["a field", { class_name: "Dense", config: { units: 1, kernel_initializer: newer } }, true],
    ["a layer of a model", sequential({ class_name: "Dense", config: { kernel_initializer: newer } }), true],
    ["what an unknown class has", { class_name: "Mine", config: { a: newer } }, true],
    ["a sign beside a model", { ...sequential(), ...uncompiled }, true],
    ["no key that its class does not read", { class_name: "Dense", config: { units: 1, a: newer } }, false],
    ["no sign in a config that has none", { class_name: "Dense", config: { ...uncompiled } }, false],
    ["no key that envelopes do not have", { class_name: "Zeros", config: {}, a: newer }, false],
    [
      "no envelope in the place of a config",
      { class_name: "Orthogonal", config: { class_name: "GlorotUniform", config: { output_axes: null } } },
      false,
    ],
  ])("%s", (_, config, isNewer) => {
    expect(versionOf(config) === "3.6").toBe(!isNewer);
  });
});
