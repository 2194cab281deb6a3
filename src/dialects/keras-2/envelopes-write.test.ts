import { describe, expect, it } from "vitest";
import { Input, Model } from "../../index.ts";
import type { JsonObject } from "../../json/json.ts";
import { Activation, LSTM } from "../../layers/index.ts";
import { knowOlderLayers } from "../../layers/tf-keras/know.ts";
import { Lacks } from "../lacks.ts";
import { envelopes } from "../walk.ts";

knowOlderLayers();

function named(name: string) {
  const [module = null, className = ""] = name.split(">");
  return { module, className };
}

function down(envelope: JsonObject, about: ReturnType<typeof named>, dialect: number): JsonObject {
  const lacks = new Lacks();
  const written = envelopes.down(envelope, about, dialect, lacks);
  lacks.check();
  return written;
}

describe("a class that versions of Keras 2 lack", () => {
  const write = (name: string, dialect: number) =>
    down({ class_name: "", config: { name: "it" } }, named(name), dialect);

  it.each<[name: string, kind: string, since: number | null]>([
    ["keras.initializers>STFT", 'initializer "it": expected an initializer', null],
    ["keras.layers>Pipeline", 'layer "it": expected a layer', null],
    ["keras.layers>RMSNormalization", 'layer "it": expected a layer', null],
    ["keras.losses>CTC", 'loss "it": expected a loss', null],
    ["keras.losses>CategoricalGeneralizedCrossEntropy", 'loss "it": expected a loss', null],
    ["keras.losses>Circle", 'loss "it": expected a loss', null],
    ["keras.losses>Dice", 'loss "it": expected a loss', null],
    ["keras.losses>Tversky", 'loss "it": expected a loss', null],
    ["keras.metrics>ConcordanceCorrelation", 'metric "it": expected a metric', null],
    ["keras.metrics>PearsonCorrelation", 'metric "it": expected a metric', null],
    ["keras.layers>GroupNormalization", 'layer "it": expected a layer', 213],
    ["keras.layers>Identity", 'layer "it": expected a layer', 213],
    ["keras.layers>SpectralNormalization", 'layer "it": expected a layer', 213],
    ["keras.losses>CategoricalFocalCrossentropy", 'loss "it": expected a loss', 213],
    ["keras.metrics>F1Score", 'metric "it": expected a metric', 213],
    ["keras.metrics>FBetaScore", 'metric "it": expected a metric', 213],
    ["keras.metrics>R2Score", 'metric "it": expected a metric', 213],
    ["keras.losses>BinaryFocalCrossentropy", "", 209],
  ])("is refused by name: %s", (name, expected, since) => {
    const className = name.split(">")[1]!;
    for (const dialect of [209, 213, 215]) {
      const isThere = since !== null && dialect >= since;
      const version = since === null ? "Keras 2" : "Keras 2.9";
      if (isThere) expect(() => write(name, dialect)).not.toThrow();
      else
        expect(() => write(name, dialect)).toThrow(`${expected} that ${version} has, received ${className}.`);
    }
  });
});

it("the activation that came with 2.13 is refused before", () => {
  const x = Input({ shape: [3, 2], name: "x" });
  const rnn = new LSTM({ units: 2, recurrent_activation: "mish", name: "lstm" }).apply(x);
  const model = new Model({
    inputs: x,
    outputs: new Activation({ activation: "mish", name: "act" }).apply(rnn),
  });
  expect(model.toJson({ keras: "2.15" })).toContain('"activation": "mish"');
  for (const where of ['layer "lstm".recurrent_activation', 'layer "act".activation'])
    expect(() => model.toJson({ keras: "2.9" })).toThrow(
      `${where}: expected an activation that Keras 2.9 has, received "mish".`,
    );
});

it("bins are said by their boundaries, or by how many they are to be", () => {
  const write = (config: JsonObject) =>
    down({ class_name: "Discretization", config }, named("keras.layers>Discretization"), 215).config;
  expect(write({ bin_boundaries: [0.5], num_bins: 2 })).toEqual({ bin_boundaries: [0.5], num_bins: null });
  expect(write({ bin_boundaries: null, num_bins: 2 })).toEqual({ bin_boundaries: null, num_bins: 2 });
});
