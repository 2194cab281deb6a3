import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erfinv } from "./erfinv.ts";
import * as random from "./random.ts";
import * as integers from "./random-integers.ts";
import type { Tensor } from "./tensor.ts";

interface Case {
  function: "uniform" | "normal" | "truncatedNormal" | "randint" | "bernoulli";
  seed: number;
  arguments: number[];
  dtype: string;
  hex: string;
}

const golden: {
  shape: number[];
  keys: Record<string, number[]>;
  bits: string;
  "normal tail": string;
  split: number[][];
  foldIn: Record<string, number[]>;
  erfinv: { x: string; y: string };
  cases: Case[];
} = JSON.parse(readFileSync(new URL("random.golden.json", import.meta.url), "utf8"));

const { bernoulli, randint } = integers;
const { foldIn, normal, randomBits, split, threefryKey, truncatedNormal, uniform } = random;

function hex(data: ArrayBufferView): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
}

function floats(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, "hex")).buffer);
}

describe("keys", () => {
  it.each(Object.entries(golden.keys))("makes of seed %s what Keras makes of it", (seed, key) => {
    expect(threefryKey(Number(seed))).toEqual(key);
  });

  it.each([-1, 2 ** 32, 0.5, Number.NaN])("refuses %d", (seed) => {
    expect(() => threefryKey(seed)).toThrow(
      `seed: expected an integer from 0 to 4294967295, received ${seed}.`,
    );
  });

  it("splits and folds in as JAX", () => {
    const key = threefryKey(42);
    expect(split(key, 3)).toEqual(golden.split);
    expect(split(key)).toEqual(golden.split.slice(0, 2));
    for (const [data, expected] of Object.entries(golden.foldIn)) {
      expect(foldIn(key, Number(data))).toEqual(expected);
    }
  });
});

describe("random numbers", () => {
  it("has the bits of JAX", () => {
    expect(hex(randomBits(threefryKey(42), 20))).toBe(golden.bits);
  });

  const named = golden.cases.map(
    (each) => [`${each.function}(${each.arguments}) ${each.dtype}`, each] as const,
  );
  it.each(named)("%s is that of JAX, bit for bit", (_, each) => {
    const tensor = draw(each, golden.shape);
    expect(tensor.dtype).toBe(each.dtype);
    expect(tensor.shape).toEqual(golden.shape);
    expect(hex(tensor.data)).toBe(each.hex);
  });

  it("agrees far from the start", () => {
    const { data } = normal(threefryKey(42), [1000003]);
    expect(hex(data.subarray(-8))).toBe(golden["normal tail"]);
  });

  it("does not depend on how many are drawn", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 50 }), (seed, size) => {
        const key = threefryKey(seed);
        const all = uniform(key, [50]).data as Float32Array;
        expect(uniform(key, [size]).data).toEqual(all.slice(0, size));
      }),
    );
  });

  it("stays within its limits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.float({ noNaN: true, min: -1e6, max: 1e6 }),
        fc.float({ noNaN: true, min: Math.fround(1e-3), max: 1e6 }),
        (seed, min, range) => {
          const max = Math.fround(min + range);
          for (const x of uniform(threefryKey(seed), [20], min, max).data as Float32Array) {
            expect(x).toBeGreaterThanOrEqual(min);
            expect(x).toBeLessThanOrEqual(max);
          }
          for (const x of truncatedNormal(threefryKey(seed), [20]).data as Float32Array) {
            expect(Math.abs(x)).toBeLessThan(2);
          }
        },
      ),
    );
  });

  it("refuses limits beyond 32 bits", () => {
    expect(() => randint(threefryKey(0), [2], 0, 2 ** 31)).toThrow(
      "randint max: expected an integer of 32 bits, received 2147483648.",
    );
    expect(() => randint(threefryKey(0), [2], 0.5, 3)).toThrow(
      "randint min: expected an integer of 32 bits, received 0.5.",
    );
  });
});

describe("erfinv", () => {
  it("is XLA's, bit for bit", () => {
    const y = floats(golden.erfinv.x).map(erfinv);
    expect(hex(y)).toBe(golden.erfinv.y);
  });

  it("is not a number outside -1 to 1", () => {
    for (const x of [1.0000001, -3, Number.NaN, Number.POSITIVE_INFINITY]) expect(erfinv(x)).toBeNaN();
  });
});

function draw(each: Case, shape: readonly number[]): Tensor {
  const key = threefryKey(each.seed);
  const [a, b] = each.arguments as [number, number];
  const float = each.dtype as random.RandomFloat;
  switch (each.function) {
    case "uniform":
      return uniform(key, shape, a, b, float);
    case "normal":
      return normal(key, shape, float);
    case "truncatedNormal":
      return truncatedNormal(key, shape, float);
    case "randint":
      return randint(key, shape, a, b, each.dtype as integers.RandomInteger);
    case "bernoulli":
      return bernoulli(key, shape, a);
  }
}
