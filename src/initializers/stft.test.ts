import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toNumbers } from "../tensor/cast.ts";
import { STFT, type STFTOptions } from "./index.ts";
import { windowNamed } from "./stft-windows.ts";

const golden = JSON.parse(readFileSync(new URL("stft.golden.json", import.meta.url), "utf8")) as {
  readonly windows: readonly {
    readonly name: string;
    readonly periodic: boolean;
    readonly values: number[];
  }[];
  readonly kernels: readonly { readonly options: STFTOptions; readonly values: number[] }[];
};

describe("windows are SciPy's", () => {
  it.each(golden.windows.map((each) => ({ ...each, length: each.values.length })))(
    "$name of $length, periodic $periodic",
    ({ name, length, periodic, values }) => {
      const window = windowNamed(name, length, periodic);
      for (const [i, value] of values.entries()) expect(window?.[i]).toBeCloseTo(value, 12);
    },
  );

  it("have no other names", () => {
    expect(windowNamed("kaiser", 4, false)).toBeUndefined();
    expect(() => new STFT({ window: "kaiser" }).create([4, 1, 3], "float32")).toThrow(
      "STFT.window: expected a list of 4 numbers or one of barthann, bartlett,",
    );
  });
});

it.each(golden.kernels)("a kernel of $options has the numbers of Keras", ({ options, values }) => {
  const kernel = [...toNumbers(new STFT(options).create([64, 1, 65], "float32"))].filter(
    (_, i) => i % 17 === 0,
  );
  expect(kernel.length).toBe(values.length);
  for (const [i, value] of values.entries()) expect(Math.abs(kernel[i]! - value)).toBeLessThan(1e-7);
});
