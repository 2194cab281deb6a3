import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withDialect } from "../fields/writing.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { serialize } from "../registry/serialize.ts";
import { fromNested, scalar, toNested, toNumbers } from "../tensor/create.ts";
import {
  Constant,
  GlorotUniform,
  HeNormal,
  HeUniform,
  IdentityInitializer,
  OrthogonalInitializer,
  RandomNormal,
  RandomUniform,
  STFT,
  VarianceScaling,
} from "./index.ts";

const generator = (seed: number | null) => ({
  module: "keras.random",
  class_name: "SeedGenerator",
  config: { seed },
  registered_name: null,
});

describe("seeds", () => {
  it("are drawn when the initializer is made, and not written", () => {
    const one = new GlorotUniform();
    expect(one.create([4], "float32")).toEqual(one.create([4], "float32"));
    expect(one.create([4], "float32")).not.toEqual(new GlorotUniform().create([4], "float32"));
    expect(one.getConfig()).toEqual({ seed: null });
  });

  it("of generators go on from one variable to the next", () => {
    const made = new RandomUniform({ seed: generator(5) });
    // Keras 3.15's values.
    expect([...toNumbers(made.create([2], "float32"))]).toEqual([-0.02424873225390911, -0.01641552522778511]);
    expect([...toNumbers(made.create([2], "float32"))]).toEqual([-0.044414687901735306, 0.04410466179251671]);
    expect(made.getConfig().seed).toEqual(generator(5));
  });

  it("of generators without a number are drawn", () => {
    const made = new RandomUniform({ seed: generator(null) });
    expect(made.create([4], "float32")).not.toEqual(made.create([4], "float32"));
  });

  it("may be objects with a config", () => {
    class SeedGenerator {
      static readonly className = "SeedGenerator";
      static readonly module = "keras.random";
      static readonly registeredName = null;
      getConfig() {
        return { seed: 5 };
      }
    }
    expect(new RandomUniform({ seed: new SeedGenerator() }).seed).toEqual(generator(5));
  });

  it.each([
    [2 ** 31, 0.00020995140948798507],
    [2 ** 32 - 1, 0.007929063402116299],
  ])("may have 32 bits: %d", (seed, first) => {
    expect(toNumbers(new RandomUniform({ seed }).create([2], "float32"))[0]).toBe(first);
  });

  it.each([1.5, "1", true, [1]])("may not be a generator's %j", (seed) => {
    expect(() => new GlorotUniform({ seed: generator(seed as never) })).toThrow(
      /^GlorotUniform\.seed: expected an integer, null or a SeedGenerator, received \{.*config: \{ seed: /,
    );
  });

  it.each([["1"], [1.5], [true], [[1]]])("may not be %j", (seed) => {
    expect(() => new GlorotUniform({ seed: seed as never })).toThrow(
      `GlorotUniform.seed: expected an integer, null or a SeedGenerator, received ${JSON.stringify(seed)}.`,
    );
  });
});

describe("random initializers", () => {
  it("make no integers", () => {
    expect(() => new RandomNormal().create([2], "int32")).toThrow(
      'RandomNormal: expected a variable of a float dtype, received "int32".',
    );
  });

  it("draw float64 numbers as float32 ones, as JAX does", () => {
    const { dtype, data } = new RandomNormal({ seed: 1 }).create([2], "float64");
    expect(dtype).toBe("float64");
    expect(data[0]).toBeCloseTo(-0.05487588047981262, 8);
    expect(data[1]).toBeCloseTo(0.023752005770802498, 8);
    expect(Array.from(data as Float64Array, Math.fround)).toEqual([...(data as Float64Array)]);
  });

  it("stay within their limits", () => {
    const bounds = fc.tuple(fc.integer({ min: -100, max: 0 }), fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(bounds, fc.nat(), ([minval, maxval], seed) => {
        const numbers = toNumbers(new RandomUniform({ minval, maxval, seed }).create([50], "float32"));
        for (const number of numbers) expect(number >= minval && number < maxval).toBe(true);
      }),
    );
  });
});

describe("VarianceScaling", () => {
  it("takes fans from axes where both are given", () => {
    const made = new HeUniform({ seed: 3, input_axes: [0, -1], output_axes: [1] });
    // Keras 3.15's values.
    expect(Array.from(toNumbers(made.create([3, 4, 2], "float32"))).slice(0, 4)).toEqual([
      0.7120571136474609, -0.03194689750671387, 0.23538661003112793, 0.6909048557281494,
    ]);
    const one = new HeUniform({ seed: 3, input_axes: [0] }).create([3, 4, 2], "float32");
    expect(one).toEqual(new HeUniform({ seed: 3 }).create([3, 4, 2], "float32"));
  });

  it("has axes in configs from Keras 3.15 on", () => {
    const text = () => stringifyPythonJson(new HeNormal({ seed: 1, input_axes: [0] }).getConfig());
    expect(withDialect(315, text)).toBe('{"seed": 1, "input_axes": [0], "output_axes": null}');
    expect(() => withDialect(306, text)).toThrow(
      "HeNormal.input_axes: expected its default, because Keras 3.6 does not know this key (it came with Keras 3.15), received [0].",
    );
  });

  it.each([
    ["normal", "truncated_normal"],
    ["Uniform", "uniform"],
    ["untruncated_normal", "untruncated_normal"],
  ])("takes the distribution %j", (given, held) => {
    expect(new VarianceScaling({ distribution: given as "normal" }).distribution).toBe(held);
  });

  it.each([
    [{ scale: 0 }, "scale: expected a number above 0, received 0."],
    [{ mode: "fan" }, 'mode: expected one of "fan_in", "fan_out", "fan_avg", received "fan".'],
    [
      { distribution: "cauchy" },
      'distribution: expected "truncated_normal", "untruncated_normal" or "uniform", received "cauchy".',
    ],
  ])("refuses %j", (options, message) => {
    expect(() => new VarianceScaling(options as never)).toThrow(`VarianceScaling.${message}`);
  });
});

describe("OrthogonalInitializer", () => {
  it("makes matrices whose rows or columns are orthogonal", () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, fc.nat(), (rows, cols, seed) => {
        const q = toNumbers(new OrthogonalInitializer({ seed }).create([rows, cols], "float32"));
        const count = Math.min(rows, cols);
        const at = (vector: number, i: number) => q[cols <= rows ? i * cols + vector : vector * cols + i]!;
        for (let a = 0; a < count; a++) {
          for (let b = 0; b <= a; b++) {
            let product = 0;
            for (let i = 0; i < Math.max(rows, cols); i++) product += at(a, i) * at(b, i);
            expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
          }
        }
      }),
    );
  });

  it("needs 2 dimensions", () => {
    expect(() => new OrthogonalInitializer().create([3], "float32")).toThrow(
      "OrthogonalInitializer: expected a variable of at least 2 dimensions, received shape (3,).",
    );
  });
});

describe("Constant", () => {
  it.each([
    [
      "a boolean",
      true,
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
    ],
    [
      "a row",
      [[1, 2, 3]],
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
    ],
    [
      "a vector",
      fromNested([1, 2, 3]),
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
    ],
    [
      "a column",
      [[1], [2]],
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
    ],
    [
      "a scalar",
      scalar(4, "float32"),
      [
        [4, 4, 4],
        [4, 4, 4],
      ],
    ],
  ])("repeats %s", (_, value, expected) => {
    expect(toNested(new Constant({ value }).create([2, 3], "int32"))).toEqual(expected);
  });

  it("needs a value that fits", () => {
    expect(() => new Constant({ value: [1, 2] }).create([3], "float32")).toThrow(
      "Constant: expected a value that broadcasts to shape (3,), received one of shape (2,).",
    );
    expect(() => new Constant({ value: "1" as never })).toThrow(
      'Constant.value: expected a number, a boolean, a tensor or nested lists of numbers, received "1".',
    );
  });

  it("holds arrays in configs", () => {
    const text =
      '{"value": {"class_name": "__numpy__", "config": {"value": [0.5, 1.0], "dtype": "float32"}}}';
    const made = Constant.fromConfig(JSON.parse(text) as object);
    expect(stringifyPythonJson(made.getConfig())).toBe(text);
    expect(toNested(made.create([2], "float32"))).toEqual([0.5, 1]);
    expect(stringifyPythonJson(serialize(new Constant({ value: 2 })))).toContain('{"value": 2.0}');
  });
});

describe("IdentityInitializer", () => {
  it("keeps its gain, which Keras loses", () => {
    expect(new IdentityInitializer().getConfig()).toEqual({});
    expect(new IdentityInitializer({ gain: 2 }).getConfig()).toEqual({ gain: 2 });
  });

  it("needs 2 dimensions", () => {
    expect(() => new IdentityInitializer().create([2, 2, 2], "float32")).toThrow(
      "IdentityInitializer: expected a variable of 2 dimensions, received shape (2, 2, 2).",
    );
  });
});

/** The square root of a half. */
const ROOT = Math.SQRT1_2;

describe("STFT", () => {
  // Keras 3.15's values.
  it.each([
    [{}, [0, 0, 0, ROOT, 0, -ROOT, ROOT, -ROOT, ROOT, 0, 0, 0]],
    [{ window: null }, [1, 1, 1, 1, 0, -1, 1, -1, 1, 1, 0, -1]],
    [
      { window: "hamming", scaling: "spectrum", periodic: true } as const,
      [0.037037, 0.037037, 0.037037, 0.25, 0, -0.25, 0.462963, -0.462963, 0.462963, 0.25, 0, -0.25],
    ],
    [{ side: "imag", window: "blackman", scaling: null } as const, [0, 0, 0, 0, -0.63, 0, 0, 0, 0, 0, 0, 0]],
    [{ window: [1, 2, 3, 4], scaling: null }, [1, 1, 1, 2, 0, -2, 3, -3, 3, 4, 0, -4]],
  ])("with %j", (options, expected) => {
    const numbers = toNumbers(new STFT(options).create([4, 1, 3], "float32"));
    for (const [i, number] of expected.entries()) expect(numbers[i]).toBeCloseTo(number, 6);
  });

  it.each([
    [{}, [4, 1], "STFT: expected a variable of 3 dimensions, received shape (4, 1)."],
    [
      { window: [1] },
      [4, 1, 3],
      "STFT.window: expected a list of 4 numbers or one of barthann, bartlett, blackman, blackmanharris, bohman, boxcar, cosine, exponential, flattop, hamming, hann, lanczos, nuttall, parzen, taylor, triangle, tukey, received [1].",
    ],
  ])("refuses %j for shape %j", (options, shape, message) => {
    expect(() => new STFT(options).create(shape, "float32")).toThrow(message);
  });
});

describe("create", () => {
  it.each([new Constant(), new GlorotUniform(), new IdentityInitializer(), new STFT()])(
    "of %s looks at shape and dtype",
    (initializer) => {
      const name = (initializer.constructor as { readonly className?: string }).className;
      expect(() => initializer.create([null] as never, "float32")).toThrow(
        `${name}: expected a shape without unknown dimensions, received [null].`,
      );
      expect(() => initializer.create([2, 2, 2], "float" as never)).toThrow(
        `${name}: expected a dtype, received "float".`,
      );
    },
  );
});
