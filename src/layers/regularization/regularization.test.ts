import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useReference } from "../../engines/reference/index.ts";
import { KerasTensor } from "../../graph/graph.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import { fromNumbers, toNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Input } from "../core/input-layer.ts";
import type { Layer } from "../layer.ts";
import {
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
} from "./index.ts";

useReference();

/** What two training calls of Keras 3.6 on JAX give, by case. */
const golden = JSON.parse(readFileSync(new URL("random.golden.json", import.meta.url), "utf8")) as Readonly<
  Record<string, readonly (readonly number[])[]>
>;

const x = fromNumbers(
  "float32",
  [2, 4, 3],
  Array.from({ length: 24 }, (_, i) => i / 10 + 0.5),
);

const cases: readonly [name: string, layer: Layer, digits: number][] = [
  ["dropout", new Dropout({ rate: 0.25, seed: 42 }), 6],
  ["noise", new Dropout({ rate: 0.25, noise_shape: [null, 1, 3], seed: 42 }), 6],
  ["spatial", new SpatialDropout1D({ rate: 0.5, seed: 7 }), 6],
  ["gaussian_noise", new GaussianNoise({ stddev: 0.5, seed: 3 }), 6],
  ["gaussian_dropout", new GaussianDropout({ rate: 0.3, seed: 3 }), 5],
  ["alpha", new AlphaDropout({ rate: 0.4, seed: 5 }), 5],
  ["alphaN", new AlphaDropout({ rate: 0.4, noise_shape: [2, 1, 3], seed: 5 }), 5],
  ["half", new Dropout({ rate: 0.25, seed: 42, dtype: "float16" }), 2],
  ["halfnoise", new GaussianNoise({ stddev: 0.5, seed: 3, dtype: "float16" }), 6],
  ["bnoise", new GaussianNoise({ stddev: 0.5, seed: 3, dtype: "bfloat16" }), 6],
];

describe("in training", () => {
  it.each(cases)("draws as Keras on JAX: %s", (name, layer, digits) => {
    for (const expected of golden[name]!) {
      const received = [...toNumbers(layer.apply<Tensor>(x, { training: true }))];
      expect(received.length).toBe(expected.length);
      for (const [i, number] of received.entries()) expect(number).toBeCloseTo(expected[i]!, digits);
    }
  });

  it.each(cases.filter(([name]) => name !== "alphaN"))(
    "keeps the shape, with an unknown batch: %s",
    (_, layer) => {
      const y = layer.apply(Input({ shape: [4, 3] }), { training: true });
      expect(y.shape).toEqual([null, 4, 3]);
    },
  );
});

describe("otherwise", () => {
  it.each(cases)("passes its input on: %s", (_, layer) => {
    const half = layer.computeDtype !== "float32";
    const received = [...toNumbers(layer.apply<Tensor>(x))];
    for (const [i, number] of toNumbers(x).entries()) expect(received[i]).toBeCloseTo(number, half ? 1 : 7);
  });
});

describe("options", () => {
  it("says what is wrong", () => {
    expect(() => new Dropout({ rate: 2 })).toThrow(
      "Dropout.rate: expected a number from 0 to 1, received 2.",
    );
    expect(() => new GaussianNoise({ stddev: -1 })).toThrow(
      "GaussianNoise.stddev: expected a number from 0 to 1, received -1.",
    );
    expect(() => new Dropout({ rate: 0.5, noise_shape: [0] })).toThrow(
      "Dropout.noise_shape: expected a list of positive integers, or null for a size of the input, received [0].",
    );
    expect(() =>
      new SpatialDropout2D({ rate: 0.5 }).apply(new KerasTensor({ shape: [null, 3], dtype: "float32" })),
    ).toThrow('layer "spatial_dropout2d": expected rank 4, received shape (None, 3).');
  });

  it("makes a regularizer of the activities", () => {
    const layer = new ActivityRegularization({ l1: 0.1, l2: 0.2 });
    expect(layer.activity_regularizer?.getConfig()).toEqual({ l1: 0.1, l2: 0.2 });
    expect(layer.getConfig()).not.toHaveProperty("activity_regularizer");
  });
});

describe("SeedGenerator", () => {
  it("gives each key once", () => {
    const seeds = new SeedGenerator({ seed: 42 });
    expect([...toNumbers(seeds.next() as Tensor)]).toEqual([42, 0]);
    expect([...toNumbers(seeds.next() as Tensor)]).toEqual([42, 1]);
  });

  it("draws a seed of its own when it has none", () => {
    const seeds = new SeedGenerator();
    expect([...toNumbers(seeds.next() as Tensor)][0]).toBeGreaterThan(0);
    expect(seeds.getConfig()).toEqual({ seed: null });
    expect(seeds.state.path).toMatch(/^seed_generator(_\d+)?\/seed_generator_state$/);
  });

  it("round-trips", () => {
    const config = { seed: 7, name: "mine" };
    const seeds = SeedGenerator.fromConfig(config);
    expect(seeds.name).toBe("mine");
    expect(seeds.getConfig()).toEqual(config);
  });
});
