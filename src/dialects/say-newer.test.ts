import { describe, expect, it } from "vitest";
import { Input, Model } from "../index.ts";
import { AdaptiveMaxPooling1D, Dense, RMSNormalization, TimeDistributed } from "../layers/index.ts";
import { diagflat, hardTanh, rot90 } from "../ops/index.ts";
import { saveModel, toBytes } from "../saving/index.ts";

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
      'layer "first": expected a layer that Keras 3.6 has, received RMSNormalization, which came with 3.10. x * rsqrt(mean(square(x)) + epsilon), times a weight, computes the same. "--unfold" (unfold: true) writes it out.',
      'layer "second": expected a layer that Keras 3.6 has, received RMSNormalization, which came with 3.10. x * rsqrt(mean(square(x)) + epsilon), times a weight, computes the same. "--unfold" (unfold: true) writes it out.',
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
