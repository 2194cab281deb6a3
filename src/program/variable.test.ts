import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as initializers from "../initializers/index.ts";
import { Draw } from "../tensor/draw.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Variable, type VariableOptions } from "./variable.ts";

const shape = [300, 400];

function variable(initialize: VariableOptions["initialize"], of = shape): Variable {
  return new Variable({ name: "kernel", shape: of, dtype: "float32", initialize });
}

/** Numbers that count the parts that are drawn of them. */
function counted() {
  const parts: number[] = [];
  const draw = new Draw(shape, "float32", (of, start) => {
    const size = of.reduce((product, n) => product * n, 1);
    parts.push(size);
    return new Tensor(
      "float32",
      of,
      Float32Array.from({ length: size }, (_, i) => start + i),
    );
  });
  return { parts, draw };
}

const going = { class_name: "SeedGenerator", config: { seed: 5 } };

describe("a first value", () => {
  it("is drawn in parts by who waits", async () => {
    const { draw, parts } = counted();
    const kernel = variable(() => draw);
    const loading = kernel.load();
    expect(kernel.isMaterialized).toBe(false);
    const value = await loading;
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, size) => sum + size)).toBe(120_000);
    expect(Array.from(value.data as Float32Array)).toEqual(Array.from({ length: 120_000 }, (_, i) => i));
    expect(kernel.value).toBe(value);
  });

  it("lets timers run between the parts", async () => {
    let fired = false;
    const seen: boolean[] = [];
    const draw = new Draw(shape, "float32", (of) => {
      for (const end = performance.now() + 6; performance.now() < end; );
      seen.push(fired);
      return new Tensor("float32", of, new Float32Array(of.reduce((product, n) => product * n, 1)));
    });
    setTimeout(() => {
      fired = true;
    }, 0);
    await variable(() => draw).load();
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toBe(true);
  });

  it("is drawn once for all who wait", async () => {
    const { draw, parts } = counted();
    let begun = 0;
    const kernel = variable(() => {
      begun++;
      return draw;
    });
    const values = await Promise.all(Array.from({ length: 50 }, () => kernel.load()));
    expect(new Set(values).size).toBe(1);
    expect(begun).toBe(1);
    expect(parts.reduce((sum, size) => sum + size)).toBe(120_000);
  });

  it("is there at once for who does not wait, and no more is drawn for those who do", async () => {
    const { draw, parts } = counted();
    const kernel = variable(() => draw);
    const loading = kernel.load();
    const { value } = kernel;
    expect(parts).toEqual([120_000]);
    expect(await loading).toBe(value);
    expect(parts).toEqual([120_000]);
  });

  it("is that of the call where another is assigned meanwhile", async () => {
    const kernel = variable(() => counted().draw);
    const loading = kernel.load();
    const other = new Tensor("float32", shape, new Float32Array(120_000));
    kernel.assign(other);
    expect((await loading).data[1]).toBe(1);
    expect(kernel.value).toBe(other);
    expect(await kernel.load()).toBe(other);
  });

  it("fails for all who wait, and is tried again", async () => {
    let tries = 0;
    const kernel = variable(() => {
      if (tries++ === 0) throw new RangeError("once");
      return counted().draw;
    });
    await expect(kernel.load()).rejects.toThrow("once");
    expect((await kernel.load()).data[1]).toBe(1);
  });

  it.each([5, [1, 2], null, undefined, {}, "x"])("is a tensor, or it is refused: %j", async (wrong) => {
    const make = () => variable(() => wrong as never, [2]);
    expect(() => make().value).toThrow("kernel: expected float32 (2,), received ");
    await expect(make().load()).rejects.toThrow("kernel: expected float32 (2,), received ");
  });

  it("of a copy is the same, also where a generator goes on from one variable to the next", async () => {
    const initializer = new initializers.RandomNormal({ seed: going });
    const kernel = variable(() => initializer.begin(shape, "float32"));
    const copy = variable(() => initializer.begin(shape, "float32"));
    copy.copyFrom(kernel);
    expect(await copy.load()).toEqual(kernel.value);
  });
});

describe("numbers drawn in parts", () => {
  const made = [
    new initializers.RandomUniform({ seed: 3, minval: -2, maxval: 5 }),
    new initializers.RandomNormal({ seed: 3, mean: 1, stddev: 2 }),
    new initializers.TruncatedNormal({ seed: 3, mean: 1, stddev: 2 }),
    new initializers.VarianceScaling({ seed: 3, distribution: "untruncated_normal" }),
    new initializers.GlorotUniform({ seed: 3 }),
    new initializers.GlorotNormal({ seed: 3 }),
    new initializers.HeUniform({ seed: 3 }),
    new initializers.HeNormal({ seed: 3 }),
    new initializers.LecunUniform({ seed: 3 }),
    new initializers.LecunNormal({ seed: 3 }),
  ];
  const dtypes = ["float32", "float16", "bfloat16", "float64"] as const;
  const rows = made.flatMap((one) => dtypes.map((dtype) => [one.constructor.className, dtype, one] as const));

  it.each(rows)("are those drawn at once: %s, %s", async (_, dtype, initializer) => {
    const begun = initializer.begin([171, 200], dtype);
    expect(begun).toBeInstanceOf(Draw);
    const parts = begun instanceof Draw ? await begun.inTurns(() => true) : null;
    expect(parts).toEqual(initializer.create([171, 200], dtype));
  });

  it("take the keys of a generator in the order in which the variables are asked for", async () => {
    const draw = async (isAtOnce: boolean) => {
      const initializer = new initializers.GlorotUniform({ seed: going });
      const all = [0, 1, 2].map(() => variable(() => initializer.begin(shape, "float32")));
      return isAtOnce ? all.map(({ value }) => value) : Promise.all(all.map((one) => one.load()));
    };
    expect(await draw(false)).toEqual(await draw(true));
  });

  it("are those of a class of somebody's own that makes them otherwise", () => {
    class Halves extends initializers.GlorotUniform {
      override create(of: readonly number[]): Tensor {
        return new Tensor("float32", of, new Float32Array(of[0] ?? 1).fill(0.5));
      }
    }
    expect(new Halves().begin([2], "float32")).toEqual(new Tensor("float32", [2], Float32Array.of(0.5, 0.5)));
  });
});

it("is a short line in the console and as text", () => {
  const kernel = variable(() => counted().draw, [3, 4]);
  kernel.path = "dense/kernel";
  const text = "<Variable path=dense/kernel, shape=(3, 4), dtype=float32>";
  expect([inspect(kernel), String(kernel), inspect([kernel])]).toEqual([text, text, `[ ${text} ]`]);
});
