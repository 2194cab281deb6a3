import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean } from "./suggest.ts";

const LAYERS = ["Dense", "Conv2D", "Conv2DTranspose", "BatchNormalization", "GRU", "LSTM", "Flatten"];
const KEYS = ["units", "kernel_size", "use_bias", "kernel_initializer", "bias_initializer"];

describe("didYouMean", () => {
  it.each([
    ["BatchNormalisation", LAYERS, ' Did you mean "BatchNormalization"?'],
    ["dense", LAYERS, ' Did you mean "Dense"?'],
    ["conv2d", LAYERS, ' Did you mean "Conv2D"?'],
    ["Desne", LAYERS, ' Did you mean "Dense"?'],
    ["LTSM", LAYERS, ' Did you mean "LSTM"?'],
    ["kernelSize", KEYS, ' Did you mean "kernel_size"?'],
    ["kernel-initialiser", KEYS, ' Did you mean "kernel_initializer"?'],
    ["unit", KEYS, ' Did you mean "units"?'],
    ["Transformer", LAYERS, ""],
    ["", LAYERS, ""],
    ["x", ["y"], ""],
    ["Dense", ["Dense"], ""],
    ["a", [], ""],
    ["relu ", ["elu", "relu"], ' Did you mean "relu"?'],
    ["n".repeat(1_000_000), ["n".repeat(1_000_000)], ""],
  ])("for %.30s", (word, candidates, help) => {
    expect(didYouMean(word, candidates)).toBe(help);
  });

  it("takes any iterable", () => {
    expect(didYouMean("unit", new Set(KEYS))).toBe(' Did you mean "units"?');
  });

  it("finds a word with one letter missing", () => {
    fc.assert(
      fc.property(fc.constantFrom("batchnormalization", "flatten", "kernelsize"), fc.nat(), (word, at) => {
        const position = at % word.length;
        const wrong = word.slice(0, position) + word.slice(position + 1);
        expect(didYouMean(wrong, ["dropout", word])).toBe(` Did you mean "${word}"?`);
      }),
    );
  });
});
