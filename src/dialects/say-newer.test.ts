import { describe, expect, it } from "vitest";
import { withDialect } from "../fields/writing.ts";
import { Input, Model } from "../index.ts";
import {
  AdaptiveMaxPooling1D,
  Dense,
  Dot,
  MultiHeadAttention,
  Normalization,
  RMSNormalization,
  TimeDistributed,
  ZeroPadding1D,
} from "../layers/index.ts";
import type { Layer } from "../layers/layer.ts";
import { diagflat, hardTanh, rot90 } from "../ops/index.ts";
import { saveModel, toBytes } from "../saving/index.ts";
import { parseDialect } from "./version.ts";

function model(): Model {
  const x = Input({ shape: [4, 4] });
  let y = new RMSNormalization({ name: "first" }).apply(x);
  y = new TimeDistributed({ layer: new RMSNormalization({ name: "second" }), name: "each" }).apply(y);
  y = new Dense({ units: 2, name: "dense" }).apply(y);
  return new Model({
    inputs: x,
    outputs: new AdaptiveMaxPooling1D({ output_size: 2, name: "pool" }).apply(y),
  });
}

describe("a file for an older Keras 3", () => {
  it("is not written with layers that came later: each is named, and what could stand for it", async () => {
    const message = await toBytes(model(), { keras: "3.6" }).then(String, (error: Error) => error.message);
    expect(message.split("\n")).toEqual([
      'layer "first": expected a layer that Keras 3.6 has, received RMSNormalization, which came with 3.9. x * rsqrt(mean(square(x)) + epsilon), times a weight, computes the same. "--unfold" (unfold: true) writes it out.',
      'layer "second": expected a layer that Keras 3.6 has, received RMSNormalization, which came with 3.9. x * rsqrt(mean(square(x)) + epsilon), times a weight, computes the same. "--unfold" (unfold: true) writes it out.',
      'layer "pool": expected a layer that Keras 3.6 has, received AdaptiveMaxPooling1D, which came with 3.13. MaxPooling1D computes the same where the length is a multiple of the output\'s. "--unfold" (unfold: true) writes it out.',
    ]);
  });

  it.each([
    ["3.12", /^layer "pool": expected a layer that Keras 3\.12 has[^\n]*$/],
    ["3.3", /layer "first"/],
  ])("names only what that version lacks: %s", async (keras, message) => {
    await expect(toBytes(model(), { keras })).rejects.toThrow(message);
    await expect(saveModel(model(), { keras })[Symbol.asyncIterator]().next()).rejects.toThrow(message);
  });

  it("is written where that version has all of it", async () => {
    expect((await toBytes(model(), { keras: "3.13" })).length).toBeGreaterThan(0);
  });

  it("is not written with operations that came later", async () => {
    const x = Input({ shape: [4] });
    const later = new Model({ inputs: x, outputs: hardTanh(rot90(diagflat(x))) });
    const message = await toBytes(later, { keras: "3.6" }).then(String, (error: Error) => error.message);
    expect(message.split("\n")).toEqual([
      'operation "diagflat": expected an operation that Keras 3.6 has, received Diagflat, which came with 3.8.',
      'operation "rot90": expected an operation that Keras 3.6 has, received Rot90, which came with 3.9. "--unfold" (unfold: true) writes it out.',
      'operation "hard_tanh": expected an operation that Keras 3.6 has, received HardTanh, which came with 3.7. clip from -1 to 1 computes the same. "--unfold" (unfold: true) writes it out.',
    ]);
  });
});

describe("what an older Keras 3 loads in another form", () => {
  const a = () => Input({ shape: [3, 2], name: "a" });
  const ofLayer = (layer: Layer) => {
    const x = a();
    return new Model({ inputs: x, outputs: layer.apply(x) as never });
  };
  const configIn = async (model: Model, keras: string) =>
    new TextDecoder().decode(await toBytes(model, { keras }));

  it("an Identity by its short name", async () => {
    const layer = () => new Dense({ units: 2, kernel_initializer: "identity", name: "d" });
    for (const keras of ["3.1", "3.6"])
      expect(await configIn(ofLayer(layer()), keras)).toContain('"class_name": "Identity"');
    expect(await configIn(ofLayer(layer()), "3.7")).toContain('"class_name": "Identity"');
    await expect(toBytes(ofLayer(layer()), { keras: "3.0" })).rejects.toThrow(
      'layer "d".kernel_initializer: expected an initializer that Keras 3.0 has, received Identity, which came with 3.1. drop: "optional" leaves it out.',
    );
  });

  it("a Dot without what it was built for", async () => {
    const x = a();
    const model = () => new Model({ inputs: x, outputs: new Dot({ axes: 2, name: "dot" }).apply([x, x]) });
    expect(await configIn(model(), "3.2")).toContain('"input_shape": [[null, 3, 2], [null, 3, 2]]');
    expect(await configIn(model(), "3.1")).not.toContain('"input_shape": [[null, 3, 2], [null, 3, 2]]');
  });

  it("statistics for each feature", async () => {
    const layer = () => new Normalization({ mean: 1, variance: [4], name: "n" });
    expect(await configIn(ofLayer(layer()), "3.7")).toMatch(
      /"mean": \[1\.0, 1\.0\], "variance": \[4\.0, 4\.0\]/,
    );
    expect(await configIn(ofLayer(layer()), "3.8")).toMatch(/"mean": 1(?:\.0)?, "variance": \[4(?:\.0)?\]/);
  });

  it.each<[what: string, layer: () => Layer, key: string, since: string, before: string]>([
    ["ZeroPadding1D", () => new ZeroPadding1D(), "data_format", "3.5", "3.4"],
    ["MultiHeadAttention", () => new MultiHeadAttention({ num_heads: 1, key_dim: 2 }), "seed", "3.4", "3.3"],
  ])("keys that say nothing are left out: %s", (_, layer, key, since, before) => {
    const config = (keras: string) => withDialect(parseDialect(keras), () => layer().getConfig());
    expect(Object.keys(config(since))).toContain(key);
    expect(Object.keys(config(before))).not.toContain(key);
  });
});
